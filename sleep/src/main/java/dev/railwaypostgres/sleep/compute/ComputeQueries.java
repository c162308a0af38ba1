package dev.railwaypostgres.sleep.compute;

/** What we ask of a Postgres, versions 15 to 18. */
final class ComputeQueries {
    static final String IDENTITY = """
            SELECT system_identifier::text, timeline_id, current_setting('server_version') AS version,
                   pg_current_wal_lsn()::text AS position
              FROM pg_control_system(), pg_control_checkpoint()
            """;

    /** A client that takes our application's name stays visible unless it takes our role, too. */
    static final String ACTIVITY = """
            SELECT now() AS at, pg_postmaster_start_time() AS started_at, counted.sessions, a.pid, coalesce(a.usename, '') AS role, a.application_name, a.state,
                   coalesce(a.state_change, a.backend_start) AS state_change, a.xact_start, host(a.client_addr) AS client_addr
              FROM (SELECT coalesce(sum(sessions), 0)::bigint AS sessions FROM pg_stat_database) AS counted
              LEFT JOIN pg_stat_activity a
                ON a.backend_type = 'client backend'
               AND NOT (a.usename IS NOT DISTINCT FROM current_user
                        AND a.application_name = current_setting('application_name'))
            """;

    /**
     * Roles with a password that a client can prove. Whether they may log in is told only then, so those that may not are
     * here too. Passwords that never expire have no date.
     */
    static final String ROLES = """
            SELECT rolname, rolpassword, rolcanlogin, rolsuper,
                   CASE WHEN rolvaliduntil < 'infinity'
                        THEN to_char(greatest(rolvaliduntil, 'epoch') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                   END AS valid_until
              FROM pg_authid
             WHERE rolpassword LIKE 'SCRAM-SHA-256$%'
            """;

    /**
     * What Postgres reports after a login (manual, section 55.2.7), apart from what depends on the client. Settings that
     * this very session asked for count as what they would be without it; setting that for a moment gives it in
     * Postgres' own spelling.
     */
    static final String REPORTED_PARAMETERS = """
            SELECT s.name,
                   CASE WHEN s.name = 'client_encoding' THEN current_setting('server_encoding')
                        WHEN s.source = 'client' THEN set_config(s.name, coalesce(f.setting, s.boot_val), true)
                        ELSE s.setting
                   END
              FROM pg_settings s
              LEFT JOIN pg_file_settings f ON lower(f.name) = lower(s.name) AND f.applied
             WHERE s.name IN ('server_version', 'server_encoding', 'client_encoding', 'DateStyle', 'IntervalStyle',
                              'TimeZone', 'integer_datetimes', 'standard_conforming_strings', 'in_hot_standby',
                              'default_transaction_read_only', 'scram_iterations')
                OR s.name = 'search_path' AND current_setting('server_version_num')::int >= 180000
            """;

    /** The files are those of the compute's start script. A start helps only where they have changed since the last one. */
    static final String PARAMETERS = """
            WITH files (conf, start, refused, said) AS (
                SELECT pg_read_file('parameters.conf', 0, 1000000, true), pg_read_file('parameters.start', 0, 1000000, true),
                       pg_read_file('parameters.refused', 0, 1000000, true), pg_read_file('parameters.said', 0, 1000000, true))
            SELECT conf, refused, said,
                   conf IS DISTINCT FROM start AND EXISTS (SELECT FROM pg_file_settings WHERE error IS NOT NULL) AS needs_start
              FROM files
            """;

    /** In base64, which nothing has to quote. The program is the compute's start script. */
    static final String OFFER_PARAMETERS = "COPY (SELECT '%s') TO PROGRAM 'exec bash \"$COMPUTE\" parameters'";

    static final String CHECKPOINT = "CHECKPOINT";

    /** A transactional message is a commit record, at which a recovery can end. */
    static final String MARK_SUSPEND = "SELECT pg_logical_emit_message(true, 'railway-postgres', 'suspend')";

    static final String FLUSHED = "SELECT pg_current_wal_flush_lsn()::text";

    /**
     * Programs run in the data directory, where the postmaster's pid is the first line of its pid file. No row is
     * copied: this program reads none, and when it ends before a row is written to it, Postgres reports a broken pipe.
     */
    static final String FENCE = "COPY (SELECT 1 WHERE false) TO PROGRAM 'kill -TERM \"$(head -n 1 postmaster.pid)\"'";

    static final String TERMINATE_IDLE = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE backend_type = 'client backend' AND state = 'idle' AND pid <> pg_backend_pid()
               AND state_change <= clock_timestamp() - make_interval(secs => %d)
            """;

    private ComputeQueries() {}
}
