package dev.railwaypostgres.operator;

import dev.railwaypostgres.operator.failure.Refusal;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.railway.RailwayToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** The operator's own Railway token, in a file that Kubernetes replaces when the Secret changes. */
final class TokenFile {
    private final @Nullable Path file;
    private final RailwayToken.Kind kind;
    private @Nullable FileTime readAt;
    private @Nullable RailwayToken token;

    /**
     * @param file null: there is none
     */
    TokenFile(@Nullable Path file, RailwayToken.Kind kind) {
        this.file = file;
        this.kind = kind;
    }

    /**
     * The token, read anew if the file has changed.
     *
     * @throws Refusal if there is none
     */
    synchronized RailwayToken token() {
        if (file == null) {
            throw missing("The operator has no Railway token of its own (RAILWAY_TOKEN_FILE is not set).");
        }
        try {
            var changed = Files.getLastModifiedTime(file);
            if (token == null || !changed.equals(readAt)) {
                token = new RailwayToken(kind, Files.readString(file));
                readAt = changed;
            }
            return token;
        } catch (IOException | IllegalArgumentException _) {
            throw missing("The operator's own Railway token cannot be read from " + file + ".");
        }
    }

    private static Refusal missing(String sentence) {
        return new Refusal(
                Reason.TOKEN_MISSING, sentence + " Put one there, or name one in spec.railway.tokenSecretRef.");
    }
}
