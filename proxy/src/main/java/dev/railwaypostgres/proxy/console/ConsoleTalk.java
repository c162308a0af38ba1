package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.Severity;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.CopyData;
import dev.railwaypostgres.postgres.message.CopyDone;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.failure.ProxyFailure.ConsoleRefusal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers a client at the console, in both of Postgres' query protocols. */
final class ConsoleTalk {
    private static final ProxyFailure ADMIN_NEEDED =
            new ConsoleRefusal(SqlState.INSUFFICIENT_PRIVILEGE, "admin access needed");

    private final ConsoleSession client;
    private final Console console;
    private final String user;
    private final boolean isAdmin;

    private final Map<String, List<Order>> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    private final ArrayDeque<Order> left = new ArrayDeque<>();
    private TransactionStatus status = TransactionStatus.IDLE;

    /** A simple query is being answered: {@code ReadyForQuery} follows the last order. */
    private boolean isInQuery;

    /** A message of the extended protocol has failed: the rest up to {@code Sync} is passed over. */
    private boolean isSkipping;

    /** What is waited for. */
    private Order.@Nullable Act awaited;

    /** @param orders one, or none */
    private record Portal(List<Order> orders, Sheet.Formats formats) {}

    ConsoleTalk(ConsoleSession client, Console console, String user, boolean isAdmin) {
        this.client = client;
        this.console = console;
        this.user = user;
        this.isAdmin = isAdmin;
    }

    void take(FrontendMessage message) {
        switch (message) {
            case FrontendMessage.Sync _ -> {
                isSkipping = false;
                ready();
            }
            case FrontendMessage.Terminate _ -> client.leave();
            case FrontendMessage other when !isSkipping -> answer(other);
            case FrontendMessage _ -> {
                // Until the Sync.
            }
        }
    }

    private void answer(FrontendMessage message) {
        switch (message) {
            case FrontendMessage.Query(String text) -> query(text);
            case FrontendMessage.Parse parse -> parse(parse);
            case FrontendMessage.Bind bind -> bind(bind);
            case FrontendMessage.Describe(FrontendMessage.Target target, String name) -> describe(target, name);
            case FrontendMessage.Execute(String portal, int _) -> execute(portal);
            case FrontendMessage.Close(FrontendMessage.Target target, String name) -> close(target, name);
            case FrontendMessage.FunctionCall _ -> {
                tellError(refusal(SqlState.FEATURE_NOT_SUPPORTED, "the console has no functions"));
                ready();
            }
            case FrontendMessage.Flush _, CopyData _, CopyDone _, FrontendMessage.CopyFail _ -> {
                // Nothing is kept back, and there is no copy: Postgres passes over such leftovers, too.
            }
            case FrontendMessage.Sync _,
                    FrontendMessage.Terminate _,
                    FrontendMessage.PasswordMessage _,
                    FrontendMessage.SaslInitialResponse _,
                    FrontendMessage.SaslResponse _ -> fail(refusal(SqlState.PROTOCOL_VIOLATION, "unexpected message"));
        }
    }

    // ---- Simple queries: any number of orders in one text.

    private void query(String text) {
        isInQuery = true;
        statements.remove("");
        left.addAll(OrderReader.read(text));
        if (left.isEmpty()) {
            client.tell(new BackendMessage.EmptyQueryResponse());
        }
        goOn();
    }

    private void goOn() {
        while (!left.isEmpty() && !client.isWaiting()) {
            var order = left.remove();
            var columns = columns(order);
            if (!columns.isEmpty()) {
                client.tell(Sheet.description(columns, Sheet.Formats.TEXT));
            }
            run(order, Sheet.Formats.TEXT);
        }
        if (left.isEmpty() && !client.isWaiting()) {
            isInQuery = false;
            ready();
        }
    }

    private void ready() {
        client.tell(new BackendMessage.ReadyForQuery(status));
    }

    // ---- The extended protocol.

    private void parse(FrontendMessage.Parse parse) {
        var orders = OrderReader.read(parse.statement());
        if (orders.size() > 1) {
            fail(refusal(SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement"));
        } else if (!parse.name().isEmpty() && statements.containsKey(parse.name())) {
            fail(refusal(
                    SqlState.DUPLICATE_PREPARED_STATEMENT,
                    "prepared statement \"" + parse.name() + "\" already exists"));
        } else if (orders.size() == 1 && orders.getFirst() instanceof Order.Refuse(ProxyFailure why)) {
            fail(why);
        } else {
            statements.put(parse.name(), orders);
            client.tell(new BackendMessage.ParseComplete());
        }
    }

    private void bind(FrontendMessage.Bind bind) {
        var orders = statement(bind.statement());
        if (orders == null) {
            return;
        }
        if (!bind.arguments().values().isEmpty()) {
            fail(refusal(SqlState.PROTOCOL_VIOLATION, "statements at the console have no parameters"));
            return;
        }
        portals.put(bind.portal(), new Portal(orders, new Sheet.Formats(bind.resultFormats())));
        client.tell(new BackendMessage.BindComplete());
    }

    private void describe(FrontendMessage.Target target, String name) {
        switch (target) {
            case STATEMENT -> {
                var orders = statement(name);
                if (orders != null) {
                    client.tell(new BackendMessage.ParameterDescription(List.of()));
                    describe(new Portal(orders, Sheet.Formats.TEXT));
                }
            }
            case PORTAL -> {
                var portal = portal(name);
                if (portal != null) {
                    describe(portal);
                }
            }
        }
    }

    private void describe(Portal portal) {
        var columns = portal.orders().isEmpty()
                ? Columns.NONE
                : columns(portal.orders().getFirst());
        client.tell(columns.isEmpty() ? new BackendMessage.NoData() : Sheet.description(columns, portal.formats()));
    }

    private void execute(String name) {
        var portal = portal(name);
        if (portal != null && portal.orders().isEmpty()) {
            client.tell(new BackendMessage.EmptyQueryResponse());
        } else if (portal != null) {
            run(portal.orders().getFirst(), portal.formats());
        }
    }

    private void close(FrontendMessage.Target target, String name) {
        switch (target) {
            case STATEMENT -> statements.remove(name);
            case PORTAL -> portals.remove(name);
        }
        client.tell(new BackendMessage.CloseComplete());
    }

    private @Nullable List<Order> statement(String name) {
        var orders = statements.get(name);
        if (orders == null) {
            fail(refusal(SqlState.INVALID_SQL_STATEMENT_NAME, "prepared statement \"" + name + "\" does not exist"));
        }
        return orders;
    }

    private @Nullable Portal portal(String name) {
        var portal = portals.get(name);
        if (portal == null) {
            fail(refusal(SqlState.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist"));
        }
        return portal;
    }

    // ---- Orders.

    private static Columns columns(Order order) {
        return switch (order) {
            case Order.Show(Topic topic) -> topic.columns;
            case Order.Tell(String column, String _) -> Columns.NONE.text(column);
            case Order.Nod _, Order.Act _, Order.Refuse _ -> Columns.NONE;
        };
    }

    private void run(Order order, Sheet.Formats formats) {
        switch (order) {
            case Order.Show(Topic topic) -> show(topic, formats);
            case Order.Tell(String column, String value) -> {
                var sheet = new Sheet(Columns.NONE.text(column));
                sheet.row(value);
                sheet.messages(formats).forEach(client::tell);
                completed("SHOW");
            }
            case Order.Nod(String tag) -> nod(tag);
            case Order.Act act
            when isAdmin -> {
                awaited = act;
                decided(console.actions().act(act, user), act);
            }
            case Order.Act _ -> fail(ADMIN_NEEDED);
            case Order.Refuse(ProxyFailure why) -> fail(why);
        }
    }

    private void show(Topic topic, Sheet.Formats formats) {
        if (topic == Topic.HELP) {
            client.tell(new BackendMessage.NoticeResponse(
                    ErrorFields.notice("Console usage").withDetail(Reports.HELP)));
        }
        console.reports().messages(topic, formats).forEach(client::tell);
        completed("SHOW");
    }

    private void nod(String tag) {
        switch (tag) {
            case "BEGIN", "START TRANSACTION" -> status = TransactionStatus.IN_TRANSACTION;
            case "COMMIT", "ROLLBACK" -> status = TransactionStatus.IDLE;
            case "DEALLOCATE ALL", "DISCARD ALL" -> statements.clear();
            default -> {
                // There is nothing else that it could concern.
            }
        }
        completed(tag);
    }

    /** What was waited for has come to an end. */
    void decided(Outcome outcome) {
        var act = awaited;
        if (act != null) {
            decided(outcome, act);
            if (isInQuery) {
                goOn();
            }
        }
    }

    private void decided(Outcome outcome, Order.Act act) {
        switch (outcome) {
            case Outcome.Done _ -> completed(act.action().name());
            case Outcome.Failed(ProxyFailure why) -> fail(why);
            case Outcome.Later later -> client.await(later);
        }
    }

    private void completed(String tag) {
        client.tell(new BackendMessage.CommandComplete(tag));
    }

    private void fail(ProxyFailure why) {
        tellError(why);
        left.clear();
        isSkipping = !isInQuery;
    }

    private void tellError(ProxyFailure why) {
        console.sessions().refused(why);
        client.tell(new BackendMessage.ErrorResponse(
                new ErrorFields(Severity.ERROR, why.sqlState(), why.clientText(), null, why.hint())));
    }

    private static ProxyFailure refusal(SqlState state, String text) {
        return new ConsoleRefusal(state, text);
    }
}
