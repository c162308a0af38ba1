package dev.railwaypostgres.postgres.message;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/**
 * What kind of statement a text begins with: its first word, as far as it is one of Postgres' commands. Tells people what
 * somebody does in a database and nothing of what is in it. Costs no object.
 */
public enum StatementClass {
    ABORT,
    ALTER,
    ANALYZE,
    BEGIN,
    CALL,
    CHECKPOINT,
    CLOSE,
    CLUSTER,
    COMMENT,
    COMMIT,
    COPY,
    CREATE,
    DEALLOCATE,
    DECLARE,
    DELETE,
    DISCARD,
    DO,
    DROP,
    END,
    EXECUTE,
    EXPLAIN,
    FETCH,
    GRANT,
    IMPORT,
    INSERT,
    LISTEN,
    LOAD,
    LOCK,
    MERGE,
    MOVE,
    NOTIFY,
    PREPARE,
    REASSIGN,
    REFRESH,
    REINDEX,
    RELEASE,
    RESET,
    REVOKE,
    ROLLBACK,
    SAVEPOINT,
    SECURITY,
    SELECT,
    SET,
    SHOW,
    START,
    TABLE,
    TRUNCATE,
    UNLISTEN,
    UPDATE,
    VACUUM,
    VALUES,
    WITH,
    /** Of the protocol: a function called by its number. */
    FUNCTION_CALL,
    /** Nothing that is known here. */
    OTHER;

    /** Letters that tell the commands apart. */
    private static final int LETTERS = 8;

    /** Bytes that are looked at: a text may begin with comments. */
    private static final int LOOK_LIMIT = 512;

    private static final StatementClass[] COMMANDS = Arrays.stream(values())
            .filter(command -> command != FUNCTION_CALL && command != OTHER)
            .sorted(Comparator.comparingLong(StatementClass::packed))
            .toArray(StatementClass[]::new);

    private static final long[] PACKED =
            Arrays.stream(COMMANDS).mapToLong(StatementClass::packed).toArray();

    private long packed() {
        long word = 0;
        for (int i = 0; i < Math.min(LETTERS, name().length()); i++) {
            word = word << Byte.SIZE | name().charAt(i);
        }
        return word;
    }

    /** For people. */
    public String text() {
        return name().replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    /** @param text from its reader index on; left as it is */
    public static StatementClass of(ByteBuf text) {
        int end = Math.min(text.writerIndex(), text.readerIndex() + LOOK_LIMIT);
        int at = firstWord(text, text.readerIndex(), end);
        long word = 0;
        for (int letters = 0; at < end && letters < LETTERS; letters++, at++) {
            int letter = text.getByte(at) & ~0x20;
            if (letter < 'A' || letter > 'Z') {
                break;
            }
            word = word << Byte.SIZE | letter;
        }
        int found = Arrays.binarySearch(PACKED, word);
        return found < 0 ? OTHER : COMMANDS[found];
    }

    /** Behind spaces, parentheses, empty statements and comments. */
    private static int firstWord(ByteBuf text, int from, int end) {
        int at = from;
        while (at < end) {
            byte here = text.getByte(at);
            byte next = at + 1 < end ? text.getByte(at + 1) : 0;
            if (here == '-' && next == '-') {
                at = behind(text, at, end, (byte) '\n');
            } else if (here == '/' && next == '*') {
                at = behindStar(text, at + 2, end);
            } else if (here == ' ' || here == '(' || here == ';' || (here >= '\t' && here <= '\r')) {
                at++;
            } else {
                return at;
            }
        }
        return end;
    }

    private static int behind(ByteBuf text, int from, int end, byte last) {
        int found = text.indexOf(from, end, last);
        return found < 0 ? end : found + 1;
    }

    private static int behindStar(ByteBuf text, int from, int end) {
        int at = behind(text, from, end, (byte) '*');
        while (at < end && text.getByte(at) != '/') {
            at = behind(text, at, end, (byte) '*');
        }
        return Math.min(end, at + 1);
    }
}
