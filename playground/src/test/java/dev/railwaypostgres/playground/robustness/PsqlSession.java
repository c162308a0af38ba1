package dev.railwaypostgres.playground.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.run.Psql;

/** With settings that were typed. */
record PsqlSession(Psql psql, int number) implements OpenSession {
    static PsqlSession open(String uri, int number) {
        var psql = Psql.open(uri);
        psql.type("SET search_path TO pg_catalog, \"Schema " + number + "\";");
        psql.type("SET TIME ZONE 'Europe/Berlin';");
        return new PsqlSession(psql, number);
    }

    @Override
    public void assertAsItWas() {
        assertThat(psql.isOpen()).isTrue();
        assertThat(psql.ask("SELECT current_setting('search_path') || current_setting('TimeZone');"))
                .isEqualTo("pg_catalog, \"Schema " + number + "\"Europe/Berlin");
    }

    @Override
    public void close() {
        psql.close();
    }
}
