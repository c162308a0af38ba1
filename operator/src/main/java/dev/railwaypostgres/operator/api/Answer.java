package dev.railwaypostgres.operator.api;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.HttpURLConnection;

/**
 * What the API answers.
 *
 * @param json the body; possibly a secret
 */
record Answer(int status, String json) {
    static Answer ok(String json) {
        return new Answer(HttpURLConnection.HTTP_OK, json);
    }

    /** Taken down; it happens later. */
    static Answer accepted() {
        return new Answer(HttpURLConnection.HTTP_ACCEPTED, "{}");
    }

    /**
     * @param sentence what is wrong, for a person
     */
    static Answer error(int status, String sentence) {
        var quoted = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(sentence));
        return new Answer(status, "{\"error\":\"" + quoted + "\"}");
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
