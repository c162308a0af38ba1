package dev.railwaypostgres.playground.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Tuple;

/** With a setting, and a statement that is prepared in the server. */
record VertxSession(PgConnection connection, PreparedStatement sum, int number) implements OpenSession {
    static VertxSession open(Vertx vertx, String uri, int number) {
        var options = PgConnectOptions.fromUri(uri).setSslOptions(new ClientSSLOptions().setTrustAll(true));
        var connection = PgConnection.connect(vertx, options).await();
        connection
                .query("SET lock_timeout = '" + (60 + number) + "s'")
                .execute()
                .await();
        var sum = connection.prepare("SELECT $1::int + " + number).await();
        return new VertxSession(connection, sum, number);
    }

    @Override
    public void assertAsItWas() {
        var setting = connection
                .query("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'")
                .execute()
                .await();
        assertThat(setting.iterator().next().getString(0)).isEqualTo((60 + number) + "000");
        var result = sum.query().execute(Tuple.of(1000)).await();
        assertThat(result.iterator().next().getInteger(0)).isEqualTo(1000 + number);
    }

    @Override
    public void close() {
        connection.close().await();
    }
}
