package dev.railwaypostgres.proxy;

import static dev.railwaypostgres.proxy.ProxyFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients of a sleeping database see. */
class SleepingDatabaseTest {
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void logsInWithoutAWake() throws Exception {
        try (var connection = fixture.connect()) {
            assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo("17.11");
        }
        assertThat(fixture.operator.wakes).isEmpty();
    }

    @Test
    void wakesForTheFirstStatementAndAnswersIt() throws Exception {
        try (var connection = fixture.connect()) {
            assertThat(ask(connection, "SELECT now")).isEqualTo("answer to SELECT now");
        }
        assertThat(fixture.operator.wakes)
                .singleElement()
                .satisfies(visitor -> assertThat(visitor.role()).isEqualTo("app"));
    }
}
