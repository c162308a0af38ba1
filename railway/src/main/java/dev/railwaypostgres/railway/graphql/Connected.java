package dev.railwaypostgres.railway.graphql;

import dev.railwaypostgres.railway.CallListener;
import dev.railwaypostgres.railway.RailwaySettings;
import okhttp3.OkHttpClient;

/** What all views of one client share: the connections, the token's budget and the running watches. */
record Connected(RailwaySettings settings, OkHttpClient http, Calls calls, Watches watches) {
    static Connected to(RailwaySettings settings, CallListener listener) {
        // A repeated POST may do its work twice, and a redirect would carry the token elsewhere.
        OkHttpClient http = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.callTimeout())
                .callTimeout(settings.callTimeout())
                .build();
        RateBudget budget = new RateBudget(settings.plan(), System::nanoTime);
        GraphQlTransport transport = new GraphQlTransport(http, settings, budget);
        Calls calls = new Calls(transport, budget, settings.readRetry(), listener);
        return new Connected(settings, http, calls, new Watches(http, settings, calls));
    }

    void close() {
        watches.close();
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
