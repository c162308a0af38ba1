package dev.railwaypostgres.proxy.park;

import dev.railwaypostgres.proxy.relay.Sequel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements of one session, by the client's names. What the client asks counts for its next messages at once;
 * what it comes to is known when the server has answered.
 */
public final class ClientStatements {
    /** Of an unnamed statement that is kept for another server connection. Bytes. */
    private static final int UNNAMED_LIMIT = 64 << 10;

    /**
     * One of them under its name.
     *
     * @param alias by which the server knows it
     */
    public record Named(String name, PreparedStatement statement, Alias alias) implements Sequel {
        Named(String name, PreparedStatement statement) {
            this(name, statement, new Alias(statement.name(), name));
        }
    }

    private Map<String, Named> known = Map.of();
    private Set<String> bySql = Set.of();

    /** Asked for and not answered yet; without a statement: to be closed. */
    private Map<String, Ahead> ahead = Map.of();

    /** Texts under way that make or close statements by SQL, and the first batch of them. */
    private int texts;

    private long firstBatchOfTexts;

    private @Nullable PreparedStatement unnamed;
    private int bytes;
    private int pings;
    private int longestName;

    /**
     * @param batch in which it was asked
     * @param number of the question
     */
    private record Ahead(@Nullable Named named, long batch, long number) {}

    private long questions;

    /** Number of the batch, which ends with a {@code Sync}, that is being asked. */
    private long batch;

    /** How many the client knows by a name. */
    public int size() {
        return known.size();
    }

    /** A {@code Sync} goes out. */
    public void endBatch() {
        batch++;
    }

    /** The name was used in an earlier batch, or may have been, that has not been answered: what it means now is not known. */
    public boolean isUncertain(String name) {
        var asked = ahead.get(name);
        return (asked != null && asked.batch != batch) || (texts > 0 && firstBatchOfTexts < batch);
    }

    /** What the name means by now; null: nothing. */
    public @Nullable Named find(String name) {
        var asked = ahead.get(name);
        return asked == null ? known.get(name) : asked.named;
    }

    /** @return to be called when the server has prepared it */
    Sequel prepare(String name, PreparedStatement statement) {
        var named = new Named(name, statement);
        long number = askAhead(name, named);
        return new Sequel() {
            @Override
            public void done() {
                settle(name, number);
                put(named);
            }

            @Override
            public void failed() {
                settle(name, number);
            }

            @Override
            public Alias alias() {
                return named.alias();
            }
        };
    }

    /** @return to be called when the server has closed it */
    Sequel close(String name) {
        long number = askAhead(name, null);
        return new Sequel() {
            @Override
            public void done() {
                settle(name, number);
                remove(name);
            }

            @Override
            public void failed() {
                settle(name, number);
            }
        };
    }

    private long askAhead(String name, @Nullable Named named) {
        longestName = Math.max(longestName, 4 * name.length());
        if (ahead.isEmpty()) {
            ahead = new HashMap<>();
        }
        ahead.put(name, new Ahead(named, batch, ++questions));
        return questions;
    }

    /** A later question about the same name stays. */
    private void settle(String name, long number) {
        var asked = ahead.get(name);
        if (asked != null && asked.number == number) {
            ahead.remove(name);
        }
    }

    private void put(Named named) {
        if (known.isEmpty()) {
            known = new HashMap<>();
        }
        remove(named.name());
        known.put(named.name(), named);
        bytes += named.statement().content().length();
        pings += named.statement().isPing() ? 1 : 0;
    }

    /**
     * A text goes out that may make or close statements.
     *
     * @param isBatch it is answered without a {@code Sync}
     */
    void textAsked(boolean isBatch) {
        long its = isBatch ? batch - 1 : batch;
        firstBatchOfTexts = texts == 0 ? its : Math.min(firstBatchOfTexts, its);
        texts++;
    }

    void textAnswered() {
        texts = Math.max(0, texts - 1);
    }

    /** SQL has made one, which lives in the server under its own name. */
    void preparedBySql(String name) {
        if (bySql.isEmpty()) {
            bySql = new HashSet<>();
        }
        bySql.add(name);
    }

    public boolean isPreparedBySql(String name) {
        return bySql.contains(name);
    }

    void remove(String name) {
        if (!bySql.isEmpty()) {
            bySql.remove(name);
        }
        var removed = known.isEmpty() ? null : known.remove(name);
        if (removed != null) {
            bytes -= removed.statement().content().length();
            pings -= removed.statement().isPing() ? 1 : 0;
        }
    }

    void clear() {
        known = Map.of();
        bySql = Set.of();
        bytes = 0;
        pings = 0;
    }

    /** Whether some of them select a number and nothing else. */
    public boolean hasPings() {
        return pings > 0;
    }

    /** Bytes, at most, of any name that there was. */
    public int longestName() {
        return longestName;
    }

    /** Of all of them. */
    int bytes() {
        return bytes;
    }

    /** The statement without a name, from an earlier server connection or this one; null: there is none. */
    public @Nullable PreparedStatement unnamed() {
        return unnamed;
    }

    void unnamed(@Nullable PreparedStatement now) {
        unnamed = now == null || now.content().length() > UNNAMED_LIMIT ? null : now;
    }

    /** The server connection is gone, and with it what was asked, and what lived there. */
    void forgetAhead() {
        ahead = Map.of();
        bySql = Set.of();
        texts = 0;
    }
}
