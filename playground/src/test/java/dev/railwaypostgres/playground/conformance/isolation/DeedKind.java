package dev.railwaypostgres.playground.conformance.isolation;

import java.util.List;
import java.util.Random;

/** What a client can do to a server connection, by the way in which a pooler may learn of it. */
enum DeedKind {
    SET("SET %s TO %s"),
    SET_SESSION("SET SESSION %s = %s"),
    SET_LOCAL("SET LOCAL %s TO %s"),
    SET_BY_FUNCTION("SELECT set_config('%s', %s, false)"),
    SET_LOCAL_BY_FUNCTION("SELECT set_config('%s', %s, true)"),
    SET_IN_A_BLOCK("DO $$BEGIN SET %s TO %s; END$$"),
    SET_BY_UPDATE("UPDATE pg_settings SET setting = %2$s WHERE name = '%1$s'"),
    SET_AMONG_OTHERS("SELECT 1; SET %s TO %s; SELECT 2"),
    SET_AND_FAIL("SET %s TO %s; SELECT nonsense"),
    RESET("RESET %s"),
    SHOW("SHOW %s"),
    OTHERS(
            "RESET ALL",
            "SET TIME ZONE 'Asia/Tokyo'",
            "SET TIME ZONE INTERVAL '-08:00' HOUR TO MINUTE",
            "SET TIME ZONE LOCAL",
            "SET NAMES 'LATIN1'",
            "SET NAMES 'UTF8'",
            "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE",
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"),
    DISCARD("DISCARD ALL", "DISCARD TEMP", "DISCARD SEQUENCES", "DISCARD PLANS"),
    ROLE(
            "SET ROLE other",
            "SET ROLE NONE",
            "SET LOCAL ROLE other",
            "RESET ROLE",
            "SET SESSION AUTHORIZATION app",
            "RESET SESSION AUTHORIZATION",
            "SELECT set_config('role', 'other', false)"),
    ROLE_IN_A_BLOCK("DO $$BEGIN SET ROLE other; END$$"),
    CUSTOM_SETTING(
            "SET app.tenant TO 'mine'",
            "SET LOCAL app.tenant TO 'mine'",
            "SELECT set_config('app.tenant', 'mine', false)",
            "SELECT set_config('app.tenant', 'mine', true)",
            "RESET app.tenant"),
    CUSTOM_SETTING_IN_A_BLOCK("DO $$BEGIN PERFORM set_config('app.tenant', 'hidden', false); END$$"),
    TEMPORARY_OBJECT(
            "CREATE TEMP TABLE IF NOT EXISTS a (i int)",
            "CREATE TEMPORARY TABLE a AS SELECT 1 AS i",
            "CREATE TEMP TABLE b (i int) ON COMMIT DROP",
            "SELECT 1 AS i INTO TEMP c",
            "CREATE TEMP VIEW v AS SELECT 1 AS i",
            "CREATE OR REPLACE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE TEMP SEQUENCE s; SELECT nextval('s')",
            "DROP TABLE a",
            "SELECT count(*) FROM a"),
    TEMPORARY_OBJECT_IN_A_BLOCK("DO $$BEGIN CREATE TEMP TABLE hidden (i int); END$$"),
    ADVISORY_LOCK(
            "SELECT pg_advisory_lock(1)",
            "SELECT pg_try_advisory_lock_shared(2)",
            "SELECT pg_advisory_unlock(1)",
            "SELECT pg_advisory_unlock_all()",
            "SELECT pg_advisory_xact_lock(3)"),
    ADVISORY_LOCK_IN_A_BLOCK("DO $$BEGIN PERFORM pg_advisory_lock(4); END$$"),
    CURSOR(
            "DECLARE c CURSOR WITH HOLD FOR SELECT g FROM generate_series(1, 3) g",
            "DECLARE d CURSOR FOR SELECT 1",
            "FETCH 1 FROM c",
            "CLOSE c",
            "CLOSE ALL"),
    LISTEN("LISTEN one", "LISTEN two", "UNLISTEN one", "UNLISTEN *", "SELECT pg_listening_channels()"),
    SQL_PREPARE("PREPARE p AS SELECT 1", "PREPARE q(int) AS SELECT $1", "EXECUTE p", "DEALLOCATE p", "DEALLOCATE ALL"),
    SEQUENCE("SELECT nextval('drawn')", "SELECT currval('drawn')", "SELECT lastval()"),
    SEED("SELECT setseed(0.5)"),
    TRANSACTION(
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "BEGIN ISOLATION LEVEL REPEATABLE READ",
            "COMMIT AND CHAIN",
            "SAVEPOINT x",
            "ROLLBACK TO x",
            "RELEASE x"),
    FAILURE("SELECT nonsense", "SELECT 1/0"),
    WORK("SELECT count(*) FROM pg_class WHERE oid = 0", "SELECT 1", ""),
    PREPARED_STATEMENT {
        @Override
        Deed deed(Random random) {
            var name = "s" + random.nextInt(4);
            return new Deed.Messages(List.of(
                    switch (random.nextInt(4)) {
                        case 0 -> "Parse " + name + " \"SELECT " + random.nextInt(3) + "\"";
                        case 1 -> "Parse " + name + " \"SELECT nonsense\"";
                        case 2 -> "Close statement " + name;
                        default -> "Bind \"\" " + name;
                    },
                    "Sync"));
        }
    };

    private static final List<String[]> SETTINGS = List.of(
            new String[] {"work_mem", "'5MB'"},
            new String[] {"work_mem", "'6000'"},
            new String[] {"search_path", "'pg_catalog'"},
            new String[] {"DateStyle", "'German'"},
            new String[] {"TimeZone", "'Asia/Kolkata'"},
            new String[] {"IntervalStyle", "'iso_8601'"},
            new String[] {"bytea_output", "'escape'"},
            new String[] {"extra_float_digits", "'-5'"},
            new String[] {"statement_timeout", "'50000'"},
            new String[] {"lock_timeout", "'40000'"},
            new String[] {"application_name", "'dirty'"},
            new String[] {"client_min_messages", "'error'"},
            new String[] {"standard_conforming_strings", "'off'"},
            new String[] {"default_transaction_isolation", "'serializable'"},
            new String[] {"default_transaction_read_only", "'on'"},
            new String[] {"enable_seqscan", "'off'"},
            new String[] {"row_security", "'off'"},
            new String[] {"xmloption", "'document'"},
            new String[] {"transform_null_equals", "'on'"},
            new String[] {"session_replication_role", "'replica'"},
            new String[] {"no_such_setting", "'x'"},
            new String[] {"temp_buffers", "'800'"});

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final List<String> texts;

    DeedKind(String... texts) {
        this.texts = List.of(texts);
    }

    Deed deed(Random random) {
        var setting = SETTINGS.get(random.nextInt(SETTINGS.size()));
        var text = texts.get(random.nextInt(texts.size())).formatted((Object[]) setting);
        return random.nextInt(4) == 0 ? Deed.Messages.running(text) : new Deed.Statement(text);
    }
}
