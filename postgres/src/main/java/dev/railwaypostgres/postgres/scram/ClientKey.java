package dev.railwaypostgres.postgres.scram;

import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * What proves that somebody knows a password, as good as the password itself wherever the same verifier stands. Destroy
 * it when the session that it belongs to ends.
 */
public final class ClientKey implements Destroyable {
    private final byte[] key;
    private boolean destroyed;

    ClientKey(byte[] key) {
        this.key = key;
    }

    /** An own copy, to be destroyed on its own. */
    public ClientKey copy() {
        return new ClientKey(bytes().clone());
    }

    byte[] storedKey() {
        return Sha256.hash(bytes());
    }

    /**
     * @throws IllegalStateException after {@link #destroy()}
     */
    byte[] bytes() {
        if (destroyed) {
            throw new IllegalStateException("this client key has been destroyed");
        }
        return key;
    }

    /** Overwrites the key with zeros. */
    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "ClientKey[***]";
    }
}
