package dev.railwaypostgres.proxy.park;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.proxy.park.SessionEffects.Change;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session carries from one server connection to the next. It follows both directions of the talk: what the client
 * sends is only remembered once the server says that it is done, and what a rollback takes back is forgotten.
 */
public final class SessionMemory {
    /** Prepared statements beyond this are not kept, and the session cannot park. Bytes. */
    private static final int MAX_KEPT = 1 << 20;

    /** What an answer is awaited for, in the order of the questions. */
    private sealed interface Expected {
        record Parse(String name, Bytes body) implements Expected {}

        /** @param statement null for a portal */
        record Close(@Nullable String statement) implements Expected {}

        /** Changes still to be confirmed by their command tags. */
        record Run(SessionEffects effects, ArrayDeque<Change> changes) implements Expected {}

        /** Ends with {@code ReadyForQuery}. */
        record End() implements Expected {}
    }

    private static final Expected END = new Expected.End();

    private final ArrayDeque<Expected> expected = new ArrayDeque<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, Bytes> statements = new LinkedHashMap<>();
    private final Map<String, SessionEffects> effectsOfStatements = new LinkedHashMap<>();
    private final Set<ParkBlocker> blockers = EnumSet.noneOf(ParkBlocker.class);

    /** Done in the open transaction, not committed yet. */
    private final List<Change> uncommitted = new ArrayList<>();

    private boolean wasRolledBack;
    private boolean hasFailed;
    private int runsAwaited;
    private int kept;

    /** A simple query goes out. */
    public void query(String text) {
        var effects = SessionEffects.of(text);
        forget("");
        run(effects);
        expected.add(END);
    }

    /** Anything else goes out that ends with {@code ReadyForQuery}: a {@code Sync} or a function call. */
    public void round() {
        expected.add(END);
    }

    /** @param body of the whole message, to be sent again on another server */
    public void parse(String name, String text, Bytes body) {
        var effects = SessionEffects.of(text);
        if (effects.isEmpty()) {
            effectsOfStatements.remove(name);
        } else {
            effectsOfStatements.put(name, effects);
        }
        expected.add(new Expected.Parse(name, body));
    }

    /** Some statement does more than read and write rows, so it matters which one a {@code Bind} names. */
    public boolean wantsBinds() {
        return !effectsOfStatements.isEmpty();
    }

    public void bind(String statement) {
        var effects = effectsOfStatements.get(statement);
        if (effects != null) {
            run(effects);
        }
    }

    /** @param statement null when it is a portal that is closed */
    public void close(@Nullable String statement) {
        expected.add(new Expected.Close(statement));
    }

    /** A message goes out that is too long, or too broken, to be looked into. */
    public void unread(byte tag) {
        blockers.add(ParkBlocker.UNREAD_STATEMENT);
        switch (tag) {
            case FrontendTag.QUERY -> expected.add(END);
            case FrontendTag.PARSE -> expected.add(new Expected.Parse("", Bytes.EMPTY));
            case FrontendTag.CLOSE -> expected.add(new Expected.Close(null));
            default -> {
                // Whatever it was, no answer of its own is awaited for it here.
            }
        }
    }

    private void run(SessionEffects effects) {
        if (!effects.isEmpty()) {
            expected.add(new Expected.Run(effects, new ArrayDeque<>(effects.changes())));
            runsAwaited++;
        }
    }

    public void parseComplete() {
        if (expected.peek() instanceof Expected.Run) {
            dropRuns();
        }
        if (expected.peek() instanceof Expected.Parse(String name, Bytes body)) {
            expected.poll();
            keep(name, body);
        }
    }

    public void closeComplete() {
        dropRuns();
        if (expected.peek() instanceof Expected.Close close) {
            expected.poll();
            if (close.statement() != null) {
                forget(close.statement());
            }
        }
    }

    /** Runs of the extended protocol end without a sign when the next answer belongs to a later message. */
    private void dropRuns() {
        while (expected.peek() instanceof Expected.Run run) {
            expected.poll();
            finish(run);
        }
    }

    private void finish(Expected.Run run) {
        runsAwaited--;
        if (!hasFailed || run.effects().statements() > 1) {
            blockers.addAll(run.effects().blockers());
        }
    }

    /** Command tags matter at the moment; otherwise nobody needs to read them. */
    public boolean wantsCommandTags() {
        return runsAwaited > 0 || !uncommitted.isEmpty();
    }

    public void commandComplete(String tag) {
        switch (tag) {
            case "COMMIT", "PREPARE TRANSACTION" -> commit();
            case "ROLLBACK" -> wasRolledBack = true;
            default -> confirm(tag);
        }
    }

    private void confirm(String tag) {
        for (var awaited : expected) {
            if (awaited instanceof Expected.End) {
                return;
            }
            if (awaited instanceof Expected.Run run && !run.changes().isEmpty()) {
                if (run.changes().element().tag().equals(tag)) {
                    done(run.changes().remove());
                }
                return;
            }
        }
    }

    /** Only settings are taken back by a rollback. */
    private void done(Change change) {
        switch (change) {
            case Change.Set _, Change.Reset _, Change.DiscardAll _ -> uncommitted.add(change);
            case Change.Deallocate _, Change.Unblock _ -> apply(change);
        }
    }

    public void error() {
        hasFailed = true;
    }

    public void ready(TransactionStatus status) {
        var next = expected.poll();
        while (next != null && !(next instanceof Expected.End)) {
            if (next instanceof Expected.Run run) {
                finish(run);
            }
            next = expected.poll();
        }
        settle(status);
        hasFailed = false;
        wasRolledBack = false;
    }

    private void settle(TransactionStatus status) {
        boolean isOver = status == TransactionStatus.IDLE;
        if (wasRolledBack && !isOver && !uncommitted.isEmpty()) {
            // Back to a savepoint: which of the changes came before it is not known here.
            blockers.add(ParkBlocker.SETTING);
        }
        if (isOver && (wasRolledBack || hasFailed)) {
            uncommitted.clear();
        } else if (isOver) {
            commit();
        }
    }

    private void commit() {
        uncommitted.forEach(this::apply);
        uncommitted.clear();
    }

    private void apply(Change change) {
        switch (change) {
            case Change.Set(String name, String statement) -> {
                settings.remove(name);
                settings.put(name, statement);
            }
            case Change.Reset(String name, String _) -> reset(name);
            case Change.DiscardAll _ -> {
                settings.clear();
                forgetAll();
                blockers.clear();
            }
            case Change.Deallocate(String name) -> deallocate(name);
            case Change.Unblock(ParkBlocker blocker, String _) -> blockers.remove(blocker);
        }
    }

    private void reset(String name) {
        if (name.equals("all")) {
            // These two are not reset by RESET ALL.
            settings.keySet().retainAll(Set.of("role", "session_authorization"));
        } else {
            settings.remove(name);
        }
    }

    private void deallocate(String name) {
        if (name.isEmpty()) {
            forgetAll();
            blockers.remove(ParkBlocker.SQL_PREPARE);
        } else {
            forget(name);
        }
    }

    private void keep(String name, Bytes body) {
        forget(name);
        kept += body.length();
        if (kept > MAX_KEPT) {
            blockers.add(ParkBlocker.TOO_MUCH_TO_KEEP);
            kept -= body.length();
        } else {
            statements.put(name, body);
        }
    }

    private void forget(String name) {
        var body = statements.remove(name);
        kept -= body == null ? 0 : body.length();
    }

    private void forgetAll() {
        statements.clear();
        kept = 0;
    }

    /** A setting that was answered here, without a server. */
    public void set(String name, String value) {
        apply(new Change.Set(name, SettingStatement.of(name, value)));
    }

    /** The server connection is gone, and with it whatever was not done. */
    public void serverGone() {
        expected.clear();
        uncommitted.clear();
        runsAwaited = 0;
        hasFailed = false;
        wasRolledBack = false;
    }

    /** Why the session cannot leave its server; null: it can. The first reason stands for all. */
    public @Nullable ParkBlocker blocker() {
        return blockers.isEmpty() ? null : blockers.iterator().next();
    }

    /**
     * Whether that work only reads, so that it may be sent again when a server was shut down before it gave an answer.
     *
     * @param messages whole ones
     */
    public boolean isReading(ByteBuf messages) {
        return new Repeatable(statements).isReading(messages);
    }

    /** Statements that make the session's settings on a new server. */
    public List<String> settings() {
        return List.copyOf(settings.values());
    }

    /** Bodies of the {@code Parse} messages that make the session's prepared statements on a new server. */
    public List<Bytes> statements() {
        return List.copyOf(statements.values());
    }

    /** Names of the settings that differ from what the session began with. */
    public Set<String> settingNames() {
        return new HashSet<>(settings.keySet());
    }
}
