package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.pool.Profile;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way into a database: by its own roles, to a session of its own. Wakes nothing. */
record DatabaseEntrance(Database database, Sessions sessions) implements Entrance {
    @Override
    public DatabaseRef reference() {
        return database.route().database();
    }

    @Override
    public void roles(BiConsumer<@Nullable RoleSnapshot, @Nullable Throwable> found) {
        database.roles().find(found);
    }

    @Override
    public void rolesAgain(Consumer<RoleSnapshot> found) {
        database.roles().lookAgain(found);
    }

    @Override
    public Admission admit(Guest guest) {
        if (database.isDisabled()) {
            return new Admission.Refused(
                    new ProxyFailure.Disabled(guest.startup().database()));
        }
        return database.refusal(guest.startup().user())
                .<Admission>map(Admission.Refused::new)
                .orElseGet(() -> admitted(guest));
    }

    private Admission admitted(Guest guest) {
        var startup = guest.startup();
        var identity = new ClientIdentity(
                sessions.profile(Profile.of(startup)),
                startup.applicationName().orElse(""),
                startup.version(),
                guest.key(),
                guest.verifier(),
                guest.from().toString());
        var parameters = database.pool().reported(Greeting.parameters(guest.snapshot(), startup));
        var session = new ClientSession(guest.client(), database, sessions, identity, parameters);
        database.metrics().logins().record(System.nanoTime() - guest.since());
        return new Admission.Admitted(session, parameters, session.cancelKey());
    }
}
