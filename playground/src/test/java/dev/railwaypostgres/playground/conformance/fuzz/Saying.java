package dev.railwaypostgres.playground.conformance.fuzz;

import java.util.List;
import java.util.Random;

/** What a client may say, lawful each by itself, whatever comes before and after. */
enum Saying {
    QUERY(
            "Query \"SELECT 1\"",
            "Query \"SELECT g FROM generate_series(1, 3) g\"",
            "Query \"SELECT 1; SELECT 2\"",
            "Query \"SELECT nonsense\"",
            "Query \"SELECT 1; SELECT nonsense; SELECT 2\"",
            "Query \"SELEKT\"",
            "Query \"\"",
            "Query \";\""),
    TRANSACTION(
            "Query \"BEGIN\"",
            "Query \"COMMIT\"",
            "Query \"ROLLBACK\"",
            "Query \"SAVEPOINT x\"",
            "Query \"ROLLBACK TO x\"",
            "Query \"COMMIT AND CHAIN\"",
            "Query \"BEGIN; SELECT 1\"",
            "Query \"SELECT 1; COMMIT; SELECT 2\""),
    SETTING(
            "Query \"SET work_mem TO '5MB'\"",
            "Query \"SET LOCAL work_mem TO '6MB'\"",
            "Query \"RESET work_mem\"",
            "Query \"SET TimeZone TO 'Asia/Tokyo'\"",
            "Query \"SHOW work_mem\"",
            "Query \"SHOW TimeZone\"",
            "Query \"RESET ALL\""),
    PARSE {
        @Override
        String line(Random random) {
            return "Parse %s \"%s\"".formatted(nameOf('s', random), TEXTS.get(random.nextInt(TEXTS.size())));
        }
    },
    BIND {
        @Override
        String line(Random random) {
            return "Bind %s %s%s"
                    .formatted(nameOf('p', random), nameOf('s', random), random.nextInt(4) == 0 ? " 7" : "");
        }
    },
    DESCRIBE {
        @Override
        String line(Random random) {
            return "Describe " + target(random);
        }
    },
    EXECUTE {
        @Override
        String line(Random random) {
            return "Execute %s%s".formatted(nameOf('p', random), random.nextBoolean() ? " 1" : "");
        }
    },
    CLOSE {
        @Override
        String line(Random random) {
            return "Close " + target(random);
        }
    },
    SYNC("Sync"),
    FLUSH("Flush"),
    FUNCTION_CALL("FunctionCall 1740 7", "FunctionCall 1740", "FunctionCall 1"),
    DEALLOCATE("Query \"DEALLOCATE s1\"", "Query \"DEALLOCATE ALL\"", "Query \"DISCARD ALL\""),
    SQL_PREPARE("Query \"PREPARE s1 AS SELECT 's1'\"", "Query \"EXECUTE s1\""),
    COPY_OUT("Query \"COPY (SELECT 1) TO STDOUT\"", "Query \"COPY (SELECT 1) TO STDOUT; SELECT 2\""),
    COPY_IN("Query \"COPY t FROM STDIN\"", "Query \"COPY nowhere FROM STDIN\""),
    COPY_IN_BY_EXTENDED_PROTOCOL(
            "Parse s1 \"COPY t FROM STDIN\"", "Parse \"\" \"COPY t FROM STDIN\"", "Parse s2 \"COPY t TO STDOUT\""),
    COPY_MESSAGE("CopyData \"1\\n\"", "CopyData \"nonsense\\n\"", "CopyDone", "CopyFail enough");

    private static final List<String> TEXTS = List.of(
            "SELECT 1",
            "SELECT $1::int",
            "SELECT g FROM generate_series(1, 3) g",
            "SELECT nonsense",
            "",
            "BEGIN",
            "COMMIT",
            "SET work_mem TO '7MB'",
            "SHOW work_mem",
            "SELECT 1; SELECT 2");

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final List<String> lines;

    Saying(String... lines) {
        this.lines = List.of(lines);
    }

    /** One of its forms. */
    String line(Random random) {
        return lines.get(random.nextInt(lines.size()));
    }

    private static String nameOf(char kind, Random random) {
        int number = random.nextInt(4);
        return number == 0 ? "\"\"" : kind + Integer.toString(number);
    }

    private static String target(Random random) {
        return random.nextBoolean() ? "statement " + nameOf('s', random) : "portal " + nameOf('p', random);
    }
}
