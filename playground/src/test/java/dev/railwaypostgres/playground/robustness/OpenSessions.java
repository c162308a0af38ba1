package dev.railwaypostgres.playground.robustness;

import dev.railwaypostgres.playground.run.Stage;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Many sessions at one database: of pgjdbc mostly, and some of psql and of Vert.x. Each has settings of its own. */
record OpenSessions(Vertx vertx, List<OpenSession> all) implements AutoCloseable {
    private static final int EACH_OF_THE_OTHERS = 5;

    static OpenSessions open(Stage stage, String database, int count) throws SQLException {
        var uri = stage.uri(database);
        var vertx = Vertx.vertx();
        var all = new ArrayList<OpenSession>();
        for (var number = 0; number < count; number++) {
            all.add(
                    switch (number / EACH_OF_THE_OTHERS) {
                        case 0 -> PsqlSession.open(uri, number);
                        case 1 -> VertxSession.open(vertx, uri, number);
                        default -> JdbcSession.open(uri, number);
                    });
        }
        return new OpenSessions(vertx, all);
    }

    void assertAsTheyWere() throws SQLException {
        for (var session : all) {
            session.assertAsItWas();
        }
    }

    @Override
    public void close() throws SQLException {
        for (var session : all) {
            session.close();
        }
        vertx.close().await();
    }
}
