package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.scram.ClientKey;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.postgres.startup.StartupMessage;
import dev.railwaypostgres.proxy.auth.ClientAddress;
import dev.railwaypostgres.proxy.failure.ProxyFailure;
import dev.railwaypostgres.proxy.operator.RoleSnapshot;
import dev.railwaypostgres.proxy.relay.Peer;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is behind a login: a database, or something else that lets in whoever proves who he is. */
public interface Entrance {
    /** Tells it from others, for those who count failed logins. */
    DatabaseRef reference();

    /** @param found gets who may come in; or, if that is not known, why. Called now or later */
    void roles(BiConsumer<@Nullable RoleSnapshot, @Nullable Throwable> found);

    /** A proof did not fit what was found. */
    void rolesAgain(Consumer<RoleSnapshot> found);

    Admission admit(Guest guest);

    /**
     * A client that has proved who it is.
     *
     * @param key whoever admits the client destroys it at the session's end
     * @param since when it came; as {@link System#nanoTime}
     */
    record Guest(
            Peer client,
            StartupMessage startup,
            ClientAddress from,
            ClientKey key,
            ScramVerifier verifier,
            RoleSnapshot snapshot,
            long since) {}

    /** What becomes of a guest. */
    sealed interface Admission {
        /** The caller destroys the key. */
        record Refused(ProxyFailure why) implements Admission {}

        /**
         * @param session listens to the client from now on
         * @param parameters that the client is told
         */
        record Admitted(Peer.Listener session, Map<String, String> parameters, CancelKey cancelKey)
                implements Admission {}
    }
}
