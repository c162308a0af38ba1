package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.BodyReader;
import dev.railwaypostgres.postgres.BodyWriter;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.message.FrontendMessage.Target;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.message.StatementClass;
import dev.railwaypostgres.postgres.message.Verdict;
import dev.railwaypostgres.postgres.sql.StatementNames;
import dev.railwaypostgres.proxy.park.ClientStatements;
import dev.railwaypostgres.proxy.park.ClientStatements.Named;
import dev.railwaypostgres.proxy.park.PreparedStatement;
import dev.railwaypostgres.proxy.park.PreparedStatements;
import dev.railwaypostgres.proxy.park.SessionEffects;
import dev.railwaypostgres.proxy.park.SessionMemory;
import dev.railwaypostgres.proxy.park.StatementScanner;
import dev.railwaypostgres.proxy.pool.ServerConnection;
import dev.railwaypostgres.proxy.pool.ServerStatements;
import dev.railwaypostgres.proxy.pool.ServerStatements.Need;
import dev.railwaypostgres.proxy.relay.Conversation.Ask;
import dev.railwaypostgres.proxy.relay.Sequel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client's messages on their way to the server connection that it has at the moment. Names of prepared statements are
 * replaced by those that the server knows, and what the server lacks is prepared before; everything else goes through as it
 * is. Each message is noted in the connection's conversation, with what is to follow from its answer.
 *
 * <p>What is decided about a message is written in its turn: until then bytes before it may still be on their way.
 */
final class RequestRelay {
    /** Longer ones go through unseen, and then the session cannot leave its server. Bytes. */
    private static final int LOOK_LIMIT = 1 << 20;

    /** Two names stand at the beginning of a {@code Bind}; whatever comes behind them may be as long as it likes. */
    private static final int BIND_SHOWN = 16 << 10;

    private static final byte STATEMENT = 'S';

    /** Whose the server's statement without a name is. */
    private enum Unnamed {
        /** Of a session that had the connection before. */
        FOREIGN,
        MINE,
        NOBODYS
    }

    /** Writes what goes out in a message's place. */
    private interface Replacement {
        void write(byte tag, ByteBuf body);
    }

    /** What all sessions of an event loop share. */
    record Shared(StatementScanner scanner, PreparedStatements statements) {}

    private final ClientSession session;
    private final SessionMemory memory;
    private final ClientStatements mine;
    private final Shared shared;
    private final ServerConnection server;
    private final RewrittenMessages out;

    private Map<String, SessionEffects> portals = Map.of();
    private Unnamed unnamed = Unnamed.FOREIGN;

    /** The statement without a name that was asked for here last. */
    private @Nullable PreparedStatement unnamedHere;

    /** {@code Sync}s of the client that came in the middle of a copy. */
    private int syncsPassedOver;

    private boolean hasWorked;
    private int bodyLength;

    /** Goes out before the message that is being decided upon. */
    private List<Runnable> prelude = List.of();

    private @Nullable Replacement replacement;

    RequestRelay(ClientSession session, SessionMemory memory, Shared shared, ServerConnection server) {
        this.session = session;
        this.memory = memory;
        this.mine = memory.statements();
        this.shared = shared;
        this.server = server;
        this.out = new RewrittenMessages(server, session.metrics());
    }

    Verdict begin(byte tag, int length) {
        bodyLength = length;
        if (syncsPassedOver > 0) {
            settleSyncs(tag);
        }
        return switch (tag) {
            case FrontendTag.QUERY, FrontendTag.PARSE, FrontendTag.DESCRIBE, FrontendTag.CLOSE ->
                length <= LOOK_LIMIT ? Verdict.LOOK : unread(tag);
            case FrontendTag.BIND -> Verdict.LOOK;
            case FrontendTag.EXECUTE -> portals.isEmpty() ? ask(Ask.EXECUTE, null) : Verdict.LOOK;
            case FrontendTag.SYNC -> sync();
            case FrontendTag.FUNCTION_CALL -> {
                session.timesheet().runs(StatementClass.FUNCTION_CALL);
                yield ask(Ask.FUNCTION_CALL, null);
            }
            case FrontendTag.COPY_DONE, FrontendTag.COPY_FAIL -> ask(Ask.COPY_END, null);
            default -> Verdict.PASS;
        };
    }

    /** A copy that goes on has ignored them; whatever else comes must come behind them. */
    private void settleSyncs(byte tag) {
        switch (tag) {
            case FrontendTag.COPY_DATA, FrontendTag.COPY_DONE, FrontendTag.COPY_FAIL -> syncsPassedOver = 0;
            case FrontendTag.SYNC, FrontendTag.FLUSH -> {}
            default -> before(sendingSyncs());
        }
    }

    private Runnable sendingSyncs() {
        int count = syncsPassedOver;
        syncsPassedOver = 0;
        for (int sync = 0; sync < count; sync++) {
            server.conversation().ask(Ask.SYNC, null);
        }
        return () -> {
            for (int sync = 0; sync < count; sync++) {
                server.send(new FrontendMessage.Sync());
            }
        };
    }

    /** What the client has sent since is for the server to answer. */
    void copyFailed() {
        if (syncsPassedOver > 0) {
            sendingSyncs().run();
            server.peer().flush();
        }
    }

    /**
     * In the middle of a copy a server ignores it, if it comes to it before the copy fails: it is kept back until that is
     * known. As long as nobody knows whether a query before it is such a copy it has to wait.
     */
    private Verdict sync() {
        var conversation = server.conversation();
        if (conversation.isCopyingIn() && !conversation.isUnsynced()) {
            syncsPassedOver++;
            replacement = (_, _) -> {};
            return Verdict.TAKE;
        }
        if (conversation.roundsOpen() > 0 && !conversation.isUnsynced()) {
            return session.waitForAnswers();
        }
        mine.endBatch();
        server.statements().endBatch();
        return ask(Ask.SYNC, null);
    }

    int shown(byte tag, int length) {
        return tag == FrontendTag.BIND ? Math.min(length, BIND_SHOWN + mine.longestName()) : length;
    }

    /** Too long, or too broken, to be looked into. The server will say what it thinks of it. */
    private Verdict unread(byte tag) {
        memory.unread();
        return askUnseen(tag);
    }

    private Verdict askUnseen(byte tag) {
        return switch (tag) {
            case FrontendTag.QUERY -> ask(Ask.QUERY, null);
            case FrontendTag.PARSE -> ask(Ask.PARSE, null);
            case FrontendTag.BIND -> ask(Ask.BIND, null);
            case FrontendTag.DESCRIBE -> ask(Ask.DESCRIBE, null);
            case FrontendTag.EXECUTE -> ask(Ask.EXECUTE, null);
            default -> ask(Ask.CLOSE, null);
        };
    }

    /** In the middle of a copy the server runs nothing: it ends the copy by an error, whatever comes. */
    Verdict look(byte tag, ByteBuf body) {
        if (server.conversation().isCopyingIn()) {
            return askUnseen(tag);
        }
        try {
            return switch (tag) {
                case FrontendTag.QUERY -> query(body);
                case FrontendTag.PARSE -> parse(body);
                case FrontendTag.BIND -> bind(body);
                case FrontendTag.DESCRIBE -> describe(body);
                case FrontendTag.EXECUTE -> execute(body);
                default -> close(body);
            };
        } catch (ProtocolViolation _) {
            return unread(tag);
        }
    }

    /** The message goes on as it is, behind what has to come before it. */
    private Verdict ask(Ask what, @Nullable Sequel sequel) {
        server.conversation().ask(what, sequel);
        return prelude.isEmpty() ? Verdict.PASS : Verdict.TAKE;
    }

    /** The message goes on otherwise than it came. */
    private Verdict ask(Ask what, @Nullable Sequel sequel, Replacement by) {
        server.conversation().ask(what, sequel);
        replacement = by;
        return Verdict.TAKE;
    }

    private void before(Runnable write) {
        if (prelude.isEmpty()) {
            prelude = new ArrayList<>();
        }
        prelude.add(write);
    }

    void take(byte tag, ByteBuf body) {
        session.sent(tag, bodyLength, body);
        var first = prelude;
        prelude = List.of();
        first.forEach(Runnable::run);
        var by = replacement;
        replacement = null;
        if (by == null) {
            out.asItIs(tag, bodyLength, body);
        } else {
            by.write(tag, body);
        }
    }

    // ---- Simple queries.

    private Verdict query(ByteBuf body) {
        session.timesheet().runs(StatementClass.of(body));
        var effects = shared.scanner().effects(body);
        if (!effects.namesStatements()) {
            works(effects);
            return query(effects);
        }
        var text = new BodyReader(body.slice()).readText();
        var names = names(text);
        if (mustWaitFor(names)) {
            return session.waitForAnswers();
        }
        var used = names.stream()
                .flatMap(name -> Stream.ofNullable(mine.find(name)))
                .toList();
        var renamed = StatementNames.replace(text, this::serverName);
        return renamed.isEmpty() ? query(effects) : query(effects, used, renamed.get());
    }

    private Verdict query(SessionEffects effects) {
        unnamed = Unnamed.NOBODYS;
        memory.unnamed(null);
        return ask(Ask.QUERY, memory.run(effects, true));
    }

    private Verdict query(SessionEffects effects, List<Named> used, String renamed) {
        unnamed = Unnamed.NOBODYS;
        memory.unnamed(null);
        return ask(
                Ask.QUERY,
                new Renamed(memory.run(effects, true), used, server.statements()),
                (_, _) -> server.send(new FrontendMessage.Query(renamed)));
    }

    /** A text in which the client's names have been replaced. What it deallocates, others have used here as well. */
    private record Renamed(@Nullable Sequel run, List<Named> used, ServerStatements statements) implements Sequel {
        @Override
        public @Nullable Alias alias() {
            return used.isEmpty() ? null : used.getFirst().alias();
        }

        @Override
        public void commandCompleted(String tag) {
            if (tag.equals("DEALLOCATE")) {
                used.forEach(named -> statements.abandon(named.statement()));
            }
            if (run != null) {
                run.commandCompleted(tag);
            }
        }

        @Override
        public void done() {
            if (run != null) {
                run.done();
            }
        }

        @Override
        public void failed() {
            if (run != null) {
                run.failed();
            }
        }
    }

    private static List<String> names(String text) {
        var names = new ArrayList<String>();
        StatementNames.replace(text, name -> {
            names.add(name);
            return name;
        });
        return names;
    }

    /** What is prepared first must not come in the middle of a copy, which any query under way may be. */
    private boolean mustWaitFor(List<String> names) {
        boolean isAnythingOpen = server.conversation().roundsOpen() > 0;
        return names.stream().anyMatch(name -> mustWait(name) || (isAnythingOpen && need(name) != Need.NOTHING));
    }

    private boolean mustWait(String name) {
        return mine.isUncertain(name) || need(name) == Need.WAIT;
    }

    /** Nothing is needed for a name that means nothing. */
    private Need need(String name) {
        var named = mine.find(name);
        return named == null ? Need.NOTHING : server.statements().need(named.statement());
    }

    /** What SQL calls by a client's name is prepared on this server first. */
    private String serverName(String name) {
        var named = mine.find(name);
        if (named == null) {
            return name;
        }
        if (server.conversation().isUnsynced()) {
            prepareIfMissing(named.statement());
        } else if (server.statements().need(named.statement()) != Need.NOTHING) {
            prepareInARound(named.statement());
        }
        return named.statement().name();
    }

    /**
     * Only while the client has no round open, whose end this one's would be. What calls the statement by its name will fail
     * by itself if this fails.
     */
    private void prepareInARound(PreparedStatement statement) {
        prepareBefore(statement, server.conversation()::askAlone);
        server.conversation().askAlone(Ask.SYNC, null);
        server.statements().endBatch();
        before(() -> server.send(new FrontendMessage.Sync()));
    }

    /**
     * A statement is going to run. The last value of a sequence that the server knows may be another session's, unless this
     * one has done something here that may have drawn it.
     */
    private void works(SessionEffects effects) {
        if (effects.recallsSequence() && !hasWorked && !server.isSameAsBefore()) {
            server.noteDiscardOfSequences();
            before(server::discardSequences);
        }
        hasWorked |= !effects.isBegin();
    }

    // ---- Prepared statements.

    private Verdict parse(ByteBuf body) {
        int nameLength = lengthOfText(body, 0) + 1;
        var name = text(body, 0, nameLength - 1);
        body.skipBytes(nameLength);
        if (name.isEmpty()) {
            return parseUnnamed(body);
        }
        var earlier = mine.find(name);
        if (mustWait(name)) {
            return session.waitForAnswers();
        }
        session.metrics().parsedForClient();
        if (earlier != null) {
            return parseAgain(earlier, nameLength);
        }
        if (mine.isPreparedBySql(name)) {
            return ask(Ask.PARSE, null);
        }
        var statement = shared.statements().of(body, memory.settings());
        return memory.hasRoomFor(statement.content()) ? parseNew(name, statement) : ask(Ask.PARSE, null);
    }

    private Verdict parseUnnamed(ByteBuf body) {
        var statement = shared.statements().unnamed(body);
        if (!statement.effects().namesStatements()) {
            unnamed = Unnamed.MINE;
            unnamedHere = statement;
            return ask(Ask.PARSE, keepUnnamed(statement));
        }
        var text = new BodyReader(body).readText();
        if (mustWaitFor(names(text))) {
            return session.waitForAnswers();
        }
        unnamed = Unnamed.MINE;
        unnamedHere = statement;
        var renamed = StatementNames.replace(text, this::serverName).orElse(text);
        int types = body.readableBytes();
        return ask(Ask.PARSE, keepUnnamed(statement), (_, whole) -> {
            var content = Unpooled.buffer();
            BodyWriter.writeText(content, renamed);
            content.writeBytes(whole, whole.writerIndex() - types, types);
            out.parse("", content);
        });
    }

    private Sequel keepUnnamed(@Nullable PreparedStatement statement) {
        return new Sequel() {
            @Override
            public void done() {
                memory.unnamed(statement);
            }
        };
    }

    private Verdict parseNew(String name, PreparedStatement statement) {
        var need = server.statements().need(statement);
        if (need == Need.WAIT) {
            return session.waitForAnswers();
        }
        if (need == Need.NOTHING && server.conversation().mayBeAborted()) {
            // Then the server has to refuse it, which it would do by another error if it knew the name.
            server.statements().abandon(statement);
            need = Need.REPLACE;
        }
        if (need == Need.NOTHING) {
            server.conversation().askHere(Ask.PARSE, memory.prepare(name, statement));
            replacement = (_, _) -> session.answerWhatIsDue();
            return Verdict.TAKE;
        }
        closeBefore(need, statement);
        var sequel = server.statements().preparing(statement, memory.prepare(name, statement));
        return ask(Ask.PARSE, sequel, (_, _) -> out.parse(statement));
    }

    /** The name is taken, and the server shall say so: about its own name for the same statement. */
    private Verdict parseAgain(Named earlier, int nameLength) {
        prepareIfMissing(earlier.statement());
        return ask(Ask.PARSE, earlier, (_, body) -> {
            var content = body.slice(body.readerIndex() + nameLength, body.readableBytes() - nameLength);
            out.parse(earlier.statement().name(), content);
        });
    }

    private void prepareIfMissing(PreparedStatement statement) {
        if (server.statements().need(statement) != Need.NOTHING) {
            prepareBefore(statement, server.conversation()::askOwn);
        }
    }

    private void prepareBefore(PreparedStatement statement, BiConsumer<Ask, Sequel> asking) {
        closeBefore(server.statements().need(statement), statement);
        asking.accept(Ask.PARSE, server.statements().preparing(statement, null));
        before(() -> out.parse(statement));
    }

    private void closeBefore(Need need, PreparedStatement statement) {
        if (need == Need.REPLACE) {
            closeBefore(statement.name());
        }
    }

    private void closeBefore(String name) {
        server.conversation().askOwn(Ask.CLOSE, null);
        before(() -> server.send(new FrontendMessage.Close(Target.STATEMENT, name)));
    }

    private Verdict bind(ByteBuf body) {
        int portalLength = lengthOfText(body, 0);
        int nameLength = lengthOfText(body, portalLength + 1);
        var portal = text(body, 0, portalLength);
        var name = text(body, portalLength + 1, nameLength);
        if (name.isEmpty()) {
            return bindUnnamed(portal);
        }
        if (mustWait(name)) {
            return session.waitForAnswers();
        }
        var named = mine.find(name);
        if (named == null) {
            return ask(Ask.BIND, null);
        }
        session.metrics().bound();
        prepareIfMissing(named.statement());
        session.timesheet().runs(named.statement().kind());
        opened(portal, named.statement().effects());
        return ask(
                Ask.BIND,
                named,
                (_, whole) -> out.bind(
                        whole,
                        bodyLength,
                        portalLength,
                        nameLength,
                        named.statement().name()));
    }

    private Verdict bindUnnamed(String portal) {
        makeUnnamedMine();
        var statement = unnamed == Unnamed.MINE ? unnamedHere : null;
        session.timesheet().runs(statement == null ? StatementClass.OTHER : statement.kind());
        opened(portal, statement == null ? SessionEffects.NONE : statement.effects());
        return ask(Ask.BIND, null);
    }

    /** What others have left under no name is not to be met here. */
    private void makeUnnamedMine() {
        if (unnamed != Unnamed.FOREIGN) {
            return;
        }
        var statement = mine.unnamed();
        if (statement == null) {
            unnamed = Unnamed.NOBODYS;
            closeBefore("");
        } else {
            unnamed = Unnamed.MINE;
            unnamedHere = statement;
            server.conversation().askOwn(Ask.PARSE, null);
            before(() -> out.parse(statement));
        }
    }

    /** A portal that does more than read and write rows, as soon as it is run. */
    private void opened(String portal, SessionEffects effects) {
        works(effects);
        if (effects.isEmpty()) {
            if (!portals.isEmpty()) {
                portals.remove(portal);
            }
            return;
        }
        if (portals.isEmpty()) {
            portals = new HashMap<>();
        }
        portals.put(portal, effects);
    }

    private Verdict execute(ByteBuf body) {
        var effects = portals.getOrDefault(new BodyReader(body).readText(), SessionEffects.NONE);
        return ask(Ask.EXECUTE, memory.run(effects, false));
    }

    private Verdict describe(ByteBuf body) {
        if (body.getByte(body.readerIndex()) != STATEMENT) {
            return ask(Ask.DESCRIBE, null);
        }
        var name = text(body, 1, lengthOfText(body, 1));
        if (name.isEmpty()) {
            makeUnnamedMine();
            return ask(Ask.DESCRIBE, null);
        }
        if (mustWait(name)) {
            return session.waitForAnswers();
        }
        var named = mine.find(name);
        if (named == null) {
            return ask(Ask.DESCRIBE, null);
        }
        prepareIfMissing(named.statement());
        var serverName = named.statement().name();
        return ask(
                Ask.DESCRIBE, named, (_, _) -> server.send(new FrontendMessage.Describe(Target.STATEMENT, serverName)));
    }

    /** Servers do not mind when a name is closed that they do not know. */
    private Verdict close(ByteBuf body) {
        if (body.getByte(body.readerIndex()) != STATEMENT) {
            return ask(Ask.CLOSE, null);
        }
        var name = text(body, 1, lengthOfText(body, 1));
        if (name.isEmpty()) {
            unnamed = Unnamed.NOBODYS;
            return ask(Ask.CLOSE, keepUnnamed(null));
        }
        return mine.isUncertain(name) ? session.waitForAnswers() : ask(Ask.CLOSE, memory.close(name));
    }

    // ---- Bytes.

    private static int lengthOfText(ByteBuf body, int from) {
        int length = body.bytesBefore(body.readerIndex() + from, body.readableBytes() - from, (byte) 0);
        if (length < 0) {
            throw new ProtocolViolation("invalid string in message");
        }
        return length;
    }

    private static String text(ByteBuf body, int from, int length) {
        var text = length == 0 ? "" : body.toString(body.readerIndex() + from, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            throw new ProtocolViolation("invalid byte sequence in a name");
        }
        return text;
    }
}
