package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import dev.railwaypostgres.proxy.route.RouteRequest;
import dev.railwaypostgres.proxy.session.Entrance;
import dev.railwaypostgres.proxy.session.Sessions;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The console of one proxy, behind the database name {@value #DATABASE}. Lets in the users of its own and nobody else.
 * Confined to the event loop of the sessions that it shows, but for {@link #reload}.
 */
public final class Console implements Entrance {
    static final String DATABASE = "pgbouncer";

    /** Drivers do what they think is good for a Postgres of this version. */
    static final String SERVER_VERSION = "1.25.2/bouncer";

    private static final Map<String, String> PARAMETERS = Map.of(
            "server_version", SERVER_VERSION,
            "client_encoding", "UTF8",
            "server_encoding", "UTF8",
            "DateStyle", "ISO, MDY",
            "TimeZone", "GMT",
            "integer_datetimes", "on",
            "standard_conforming_strings", "on");

    private final ConsoleConfig config;
    private final Sessions sessions;
    private final Averages averages;
    private final Reports reports;
    private final Actions actions;
    private final Set<ConsoleSession> open = new LinkedHashSet<>();
    private volatile Map<String, ScramVerifier> verifiers;

    /**
     * @throws IOException when the users cannot be read
     */
    public Console(ConsoleConfig config, Sessions sessions, Ports ports) throws IOException {
        this.config = config;
        this.sessions = sessions;
        this.averages = new Averages(sessions.times().clock());
        this.reports = new Reports(sessions, averages, ports, this);
        this.actions = new Actions(sessions, ports.program());
        this.verifiers = ConsoleUsers.read(config);
    }

    /** Whether a client wants to come here, and not to a database of that name behind one of our endpoints. */
    public boolean isMeantBy(RouteRequest request) {
        return request.databaseName().equals(DATABASE) && !request.namesEndpoint(sessions.domain());
    }

    /** What is due by now. Called every second or so. */
    public void sweep() {
        averages.sweep(sessions.databases());
    }

    /**
     * Reads the users anew. Not on an event loop.
     *
     * @throws IOException when they cannot be read; those from before stay
     */
    public void reload() throws IOException {
        verifiers = ConsoleUsers.read(config);
    }

    Sessions sessions() {
        return sessions;
    }

    Reports reports() {
        return reports;
    }

    Actions actions() {
        return actions;
    }

    Set<ConsoleSession> open() {
        return Set.copyOf(open);
    }

    /** Names of those who may come in. */
    Set<String> users() {
        var users = new LinkedHashSet<>(config.admins());
        users.addAll(config.readers());
        users.retainAll(verifiers.keySet());
        return users;
    }

    void left(ConsoleSession session) {
        open.remove(session);
    }

    @Override
    public DatabaseRef reference() {
        return new DatabaseRef("", DATABASE);
    }

    @Override
    public void roles(BiConsumer<@Nullable RoleSnapshot, @Nullable Throwable> found) {
        found.accept(snapshot(), null);
    }

    @Override
    public void rolesAgain(Consumer<RoleSnapshot> found) {
        found.accept(snapshot());
    }

    private RoleSnapshot snapshot() {
        var allowed = new TreeMap<>(verifiers);
        allowed.keySet().retainAll(users());
        return new RoleSnapshot(allowed, PARAMETERS);
    }

    @Override
    public Admission admit(Guest guest) {
        guest.key().destroy();
        var session = new ConsoleSession(
                guest.client(),
                this,
                guest.startup(),
                config.admins().contains(guest.startup().user()));
        open.add(session);
        var parameters = new TreeMap<>(PARAMETERS);
        guest.startup().applicationName().ifPresent(name -> parameters.put("application_name", name));
        return new Admission.Admitted(session, parameters, session.cancelKey());
    }
}
