package dev.railwaypostgres.playground.drivers;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The drivers that are tried, and what a person who uses one has to know. */
// The lists and sets are immutable ones.
@SuppressWarnings("ImmutableEnumChecker")
enum Driver {
    PGJDBC(Language.JAVA, List.of("HikariCP", "postgresql"), Set.of(), """
            `channelBinding=require`; `socketTimeout` and \
            `setQueryTimeout` above a wake; Hikari's `connectionTimeout` counts logins, which need no wake"""),
    VERTX_PG_CLIENT(Language.JAVA, List.of("vertx-pg-client"), Set.of(Step.COPY), """
            `setHostnameVerificationAlgorithm("HTTPS")`, without which any certificate of the authority will do; \
            `setCachePreparedStatements(true)`; it binds the channel by itself when it can"""),
    R2DBC_POSTGRESQL(Language.JAVA, List.of("r2dbc-postgresql", "r2dbc-pool"), Set.of(), """
            `channelBinding(REQUIRE)`; `autodetectExtensions(false)`, or every login asks the database for its types and wakes it; \
            `statementTimeout` counts on the server only, a `Mono.timeout` has to be above a wake"""),
    NODE_POSTGRES(Language.NODE, List.of("pg", "pg-cursor", "pg-copy-streams"), Set.of(Step.CANCEL), """
            `enableChannelBinding: true`; `query_timeout` above a wake (`statement_timeout` counts on the server only); \
            `connectionTimeoutMillis` counts logins, which need no wake"""),
    POSTGRES_JS(Language.NODE, List.of("postgres"), Set.of(), """
            `fetch_types: false`, or every login asks the database for its types and wakes it; it connects when it is asked something; \
            no channel binding"""),
    DRIZZLE(
            Language.NODE,
            List.of("drizzle-orm", "pg"),
            Set.of(Step.COPY, Step.CURSOR, Step.CANCEL, Step.NOTIFY, Step.LISTEN, Step.LISTENER_WAKE),
            "those of node-postgres, whose pool it uses"),
    PSYCOPG(Language.PYTHON, List.of("psycopg", "psycopg-pool"), Set.of(), """
            `channel_binding=require`, `sslnegotiation=direct`; `check=ConnectionPool.check_connection` costs no wake; the pool's `timeout` \
            counts logins, which need no wake"""),
    ASYNCPG(Language.PYTHON, List.of("asyncpg"), Set.of(), """
            `command_timeout` above a wake; `timeout` counts logins, which need no wake; no channel binding"""),
    PGXPOOL(Language.GO, List.of("github.com/jackc/pgx/v5"), Set.of(), """
            `channel_binding=require`; deadlines of contexts above a wake; `CancelRequestContextWatcherHandler`, or a statement that is given \
            up costs its connection"""),
    DATABASE_SQL(
            Language.GO,
            List.of("github.com/jackc/pgx/v5"),
            Set.of(Step.PIPELINE),
            "those of pgxpool; `SetMaxIdleConns` as large as `SetMaxOpenConns`: idle connections cost nothing"),
    TOKIO_POSTGRES(Language.RUST, List.of("tokio-postgres", "deadpool-postgres"), Set.of(), """
            `channel_binding(Require)`, which postgres-openssl can; `RecyclingMethod::Verified` costs no wake; listeners need a connection \
            of their own"""),
    SQLX(Language.RUST, List.of("sqlx"), Set.of(Step.PIPELINE, Step.CANCEL), """
            `acquire_timeout` counts logins and pings, which need no wake; no channel binding"""),
    PSQL(Language.SHELL, List.of(), Set.of(), """
            `channel_binding=require`; `connect_timeout` counts logins, which need no wake""");

    private final Language language;
    private final List<String> packages;
    private final Set<Step> lacks;
    private final String advice;

    /**
     * @param packages whose versions matter, by their names in the language's registry
     * @param lacks what the driver, or its pool, does not have
     * @param advice for users
     */
    Driver(Language language, List<String> packages, Set<Step> lacks, String advice) {
        this.language = language;
        this.packages = packages;
        this.lacks = lacks;
        this.advice = advice;
    }

    Language language() {
        return language;
    }

    List<String> packages() {
        return packages;
    }

    String advice() {
        return advice;
    }

    /** Its program's and its own name as an application. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Report.Outcome expected(Step step) {
        if (lacks.contains(step)) {
            return Report.Outcome.LACKS;
        }
        return KnownFailure.of(this, step).isPresent() ? Report.Outcome.FAILS : Report.Outcome.WORKS;
    }
}
