package dev.railwaypostgres.playground.robustness;

import java.sql.SQLException;

/** A session that someone keeps open, with something in it that the server would forget. */
interface OpenSession extends AutoCloseable {
    /** Runs statements whose answers show that nothing was forgotten. */
    void assertAsItWas() throws SQLException;

    @Override
    void close() throws SQLException;
}
