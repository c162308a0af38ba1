package dev.railwaypostgres.proxy.park;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.proxy.relay.Sequel;
import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session carries from one server connection to the next, and what keeps it from leaving one. It follows both
 * directions of the talk: what the client asks counts once the server says that it is done.
 */
public final class SessionMemory {
    /** Prepared statements beyond this are not kept, and the session cannot leave its server. Bytes. */
    private static final int MAX_KEPT = 1 << 20;

    private final SettingsMemory settings;
    private final ClientStatements statements = new ClientStatements();
    private final Set<Pin> pins = EnumSet.noneOf(Pin.class);

    /** Settings that the server does not list, changed out of sight. */
    private Set<String> configured = Set.of();

    /** Nothing has run since the server was asked what there is. */
    private boolean isChecked;

    /** More may have been set on the server connection than one knows. */
    private boolean wasInDoubt;

    /** Sessions begin otherwise from now on. */
    private boolean hasAlteredDefaults;

    /** The server connection has come back to its own beginning, as far as one can see from outside. */
    private boolean wasReset;

    private boolean wasRolledBack;
    private boolean hasFailed;

    /** @param initial what the session begins with and comes back to */
    public SessionMemory(Settings initial) {
        this.settings = new SettingsMemory(initial);
    }

    public ClientStatements statements() {
        return statements;
    }

    public Settings settings() {
        return settings.settings();
    }

    /** What the session's server connection has set: its own beginning is another one than the session's. */
    public Settings settingsOfServer() {
        return wasReset ? settings.settings().withoutApplication() : settings.settings();
    }

    /** Bytes that it is remembered by, beyond a few hundred. */
    public int bytes() {
        var unnamed = statements.unnamed();
        int bytes = unnamed == null ? 0 : unnamed.content().length();
        return bytes + statements.bytes() + settings().length();
    }

    /** Channels that the session listens to. */
    public Set<String> channels() {
        return settings.channels();
    }

    /** The client wants the server to end transactions that idle, so the server has to know of them. */
    public boolean limitsIdleTransactions() {
        return settings().statements().containsKey("idle_in_transaction_session_timeout");
    }

    /** What makes it listen again. */
    public List<String> listenStatements() {
        return settings.channels().stream()
                .map(channel -> "LISTEN \"" + channel.replace("\"", "\"\"") + "\"")
                .toList();
    }

    // ---- What the client asks.

    /**
     * A text is going to run.
     *
     * @param isBatch it is answered without a {@code Sync}
     * @return what follows from it; null: nothing
     */
    public @Nullable Sequel run(SessionEffects effects, boolean isBatch) {
        isChecked &= pins.isEmpty();
        if (effects.isEmpty()) {
            return null;
        }
        if (effects.changesNames()) {
            statements.textAsked(isBatch);
        }
        return new Run(effects);
    }

    /** Something goes out that is too long, or too broken, to be looked into. */
    public void unread() {
        pins.add(Pin.UNREAD_STATEMENT);
    }

    /** Whether one more prepared statement can be carried along; if not, it stays in its server and the session with it. */
    public boolean hasRoomFor(Bytes content) {
        boolean hasRoom = statements.bytes() + content.length() <= MAX_KEPT;
        if (!hasRoom) {
            pins.add(Pin.TOO_MUCH_TO_KEEP);
        }
        return hasRoom;
    }

    public Sequel prepare(String name, PreparedStatement statement) {
        return statements.prepare(name, statement);
    }

    public Sequel close(String name) {
        return statements.close(name);
    }

    /** The statement without a name is another one from now on, if the server accepts it; null: there is none. */
    public void unnamed(@Nullable PreparedStatement statement) {
        statements.unnamed(statement);
    }

    /** A setting that was answered here, without a server. */
    public void set(String name, String value) {
        settings.apply(new Change.Set(name, SettingStatement.of(name, value)));
    }

    // ---- What the server answers.

    /** The ends of transactions matter at the moment; otherwise nobody needs to read their tags. */
    public boolean wantsCommandTags() {
        return settings.hasUncommitted();
    }

    public void commandCompleted(String tag) {
        switch (tag) {
            case "COMMIT", "PREPARE TRANSACTION" -> settings.commit();
            case "ROLLBACK" -> wasRolledBack = true;
            default -> {
                // Of no consequence to what is uncommitted.
            }
        }
    }

    public void error() {
        hasFailed = true;
    }

    public void ready(TransactionStatus status) {
        if (status == TransactionStatus.IDLE && settings.hasUncommitted()) {
            if (wasRolledBack || hasFailed) {
                settings.rollBack();
            } else {
                settings.commit();
            }
        }
        hasFailed = false;
        wasRolledBack = false;
    }

    private void done(Change change) {
        settings.done(change);
        switch (change) {
            case Change.RollbackToSavepoint _ -> wasRolledBack = false;
            case Change.Prepare(String name) -> statements.preparedBySql(name);
            case Change.Deallocate(String name) -> deallocated(name);
            case Change.DiscardAll _ -> {
                deallocated("");
                pins.clear();
                wasReset = true;
            }
            case Change.Reset _ -> wasReset = true;
            case Change.Set _, Change.Listen _, Change.Unlisten _, Change.Savepoint _, Change.ReleaseSavepoint _ -> {
                // Settled with the transaction.
            }
        }
    }

    private void deallocated(String name) {
        if (name.isEmpty()) {
            statements.clear();
        } else {
            statements.remove(name);
        }
    }

    /** The session leaves its server connection, and with it whatever was not done. */
    public void serverGone() {
        settings.rollBack();
        statements.forgetAhead();
        pins.clear();
        configured = Set.of();
        hasFailed = false;
        wasRolledBack = false;
        isChecked = false;
        wasReset = false;
        wasInDoubt = false;
        hasAlteredDefaults = false;
    }

    /** Something may have been set in the server connection that only the server could tell. */
    public boolean wasInDoubt() {
        return wasInDoubt;
    }

    /** Sessions begin otherwise since this one has changed what they begin with. */
    public boolean hasAlteredDefaults() {
        return hasAlteredDefaults;
    }

    // ---- What the session depends on.

    /** Why the session cannot leave its server; null: it can. The first reason stands for all. */
    public @Nullable Pin pin() {
        if (!pins.isEmpty()) {
            return pins.iterator().next();
        }
        return settings.channels().isEmpty() ? null : Pin.LISTEN;
    }

    /** All reasons are suspicions that the server can be asked about, and it has not been asked since. */
    public boolean isInDoubt() {
        return !isChecked && !pins.isEmpty() && pins.stream().allMatch(Pin::isCheckable);
    }

    /** Asks the server what there is. */
    public Check check() {
        return new Check(new SessionCheck(configured));
    }

    /** One question to the server, and what comes of it. */
    public final class Check implements Sequel {
        private final SessionCheck check;
        private boolean hasFailed;

        private Check(SessionCheck check) {
            this.check = check;
        }

        public String query() {
            return check.query();
        }

        public void row(List<@Nullable Bytes> values) {
            check.row(values);
        }

        /** Then what is suspected stays. */
        @Override
        public void failed() {
            hasFailed = true;
        }

        @Override
        public void done() {
            isChecked = true;
            if (!hasFailed) {
                settings.replace(check.settings(settings.settings()), check.channels());
                pins.removeIf(Pin::isCheckable);
                pins.addAll(check.pins());
            }
        }
    }

    /** Whether that work only reads, so that it may be sent again when a server was shut down before it gave an answer. */
    public boolean isReading(ByteBuf messages) {
        return new Repeatable(statements).isReading(messages);
    }

    /** A text that runs. */
    private final class Run implements Sequel {
        private final SessionEffects effects;
        private int confirmed;
        private boolean hasUnsettledNames;

        Run(SessionEffects effects) {
            this.effects = effects;
            this.hasUnsettledNames = effects.changesNames();
        }

        @Override
        public void commandCompleted(String tag) {
            boolean isAwaited = confirmed < effects.changes().size()
                    && effects.changes().get(confirmed).tag().equals(tag);
            if (isAwaited) {
                SessionMemory.this.done(effects.changes().get(confirmed++));
            }
        }

        @Override
        public void done() {
            suspect();
        }

        /** What has run before the error may have left something behind: locks, for instance, outlive their statement. */
        @Override
        public void failed() {
            suspect();
        }

        private void suspect() {
            if (hasUnsettledNames) {
                hasUnsettledNames = false;
                statements.textAnswered();
            }
            hasAlteredDefaults |= effects.altersDefaults();
            wasInDoubt |= effects.pins().contains(Pin.UNKNOWN_CALL);
            if (effects.pins().isEmpty()) {
                return;
            }
            pins.addAll(effects.pins());
            isChecked = false;
            if (!effects.configured().isEmpty()) {
                configured = new HashSet<>(configured);
                configured.addAll(effects.configured());
            }
        }
    }
}
