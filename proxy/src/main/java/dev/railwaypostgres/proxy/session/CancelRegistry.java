package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/** Which session a cancel request means. The keys are our own; servers' keys never reach clients. */
public final class CancelRegistry {
    private static final int SECRET_LENGTH = 4;

    private final SecureRandom random = new SecureRandom();
    private final Map<CancelKey, ClientSession> sessions = new HashMap<>();
    private int lastProcessId;

    CancelKey register(ClientSession session) {
        var secret = new byte[SECRET_LENGTH];
        random.nextBytes(secret);
        lastProcessId = lastProcessId == Integer.MAX_VALUE ? 1 : lastProcessId + 1;
        var key = new CancelKey(lastProcessId, Bytes.copyOf(secret));
        sessions.put(key, session);
        return key;
    }

    void remove(CancelKey key) {
        sessions.remove(key);
    }

    /** A wrong key does nothing and is told nothing, as with Postgres. */
    public void cancel(CancelKey key) {
        var session = sessions.get(key);
        if (session != null) {
            session.cancel();
        }
    }
}
