package dev.railwaypostgres.proxy.cancel;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ProtocolVersion;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.IntPredicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes cancel keys and reads what they tell.
 *
 * <pre>
 *   process id, in all versions   number of the replica (11 bits), of the session (20 bits)
 *   secret in 3.0                 4 random bytes
 *   secret since 3.2              16 random bytes, 16 bytes of their seal
 *   secret passed on by a peer    either of them, 16 bytes of a peer's seal
 * </pre>
 *
 * Seals are made with a secret that all replicas share, so a replica can tell a key that another has made from one that was
 * made up, and a peer from a client. What a peer has passed on goes no further.
 */
public final class CancelKeys {
    static final int SHORT_SECRET = 4;
    static final int LONG_SECRET = 32;
    private static final int SEAL = 16;
    private static final String MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private enum Purpose {
        SESSION,
        PEER
    }

    private final ReplicaNumber replica;
    private final SecretKeySpec shared;
    private int lastSession;

    private CancelKeys(ReplicaNumber replica, Bytes shared) {
        this.replica = replica;
        this.shared = new SecretKeySpec(shared.toArray(), MAC);
    }

    /** @param shared the same at all replicas */
    public static CancelKeys of(InetSocketAddress replica, Bytes shared) {
        return new CancelKeys(ReplicaNumber.of(replica), shared);
    }

    /** For a replica that has no others. */
    public static CancelKeys alone(Bytes shared) {
        return new CancelKeys(new ReplicaNumber(0), shared);
    }

    /** Where a key leads. */
    public sealed interface Destination {
        /** To this replica, if to any: ours, or passed on by a peer. */
        record Here(CancelKey key, boolean isFromPeer) implements Destination {}

        /** To another, which takes it in this form. */
        record Elsewhere(ReplicaNumber replica, CancelKey sealed) implements Destination {}

        /** It was made up. */
        record Nowhere() implements Destination {}
    }

    /**
     * @param isTaken whether a session has this process id now
     * @param version that the client speaks
     */
    public CancelKey issue(IntPredicate isTaken, ProtocolVersion version) {
        int processId = nextProcessId();
        while (isTaken.test(processId)) {
            processId = nextProcessId();
        }
        if (version.compareTo(ProtocolVersion.V3_2) < 0) {
            return new CancelKey(processId, random(SHORT_SECRET));
        }
        var nonce = random(LONG_SECRET - SEAL);
        return new CancelKey(processId, sealed(Purpose.SESSION, processId, nonce));
    }

    private int nextProcessId() {
        lastSession = lastSession % (ReplicaNumber.SESSIONS - 1) + 1;
        return replica.processId(lastSession);
    }

    public Destination read(CancelKey key) {
        int length = key.secret().length();
        if (length == SHORT_SECRET + SEAL || length == LONG_SECRET + SEAL) {
            return isSealed(Purpose.PEER, key)
                    ? new Destination.Here(new CancelKey(key.processId(), withoutSeal(key)), true)
                    : new Destination.Nowhere();
        }
        var number = ReplicaNumber.in(key.processId());
        return switch (length) {
            case SHORT_SECRET -> destination(number, key);
            case LONG_SECRET -> isSealed(Purpose.SESSION, key) ? destination(number, key) : new Destination.Nowhere();
            default -> new Destination.Nowhere();
        };
    }

    private Destination destination(ReplicaNumber number, CancelKey key) {
        return number.equals(replica) ? new Destination.Here(key, false) : elsewhere(key);
    }

    /** For a key of ours that no session here has: another replica may have our number. */
    public Destination.Elsewhere elsewhere(CancelKey key) {
        return new Destination.Elsewhere(
                ReplicaNumber.in(key.processId()),
                new CancelKey(key.processId(), sealed(Purpose.PEER, key.processId(), key.secret())));
    }

    private Bytes sealed(Purpose purpose, int processId, Bytes secret) {
        var text = secret.toArray();
        var both = Arrays.copyOf(text, text.length + SEAL);
        System.arraycopy(seal(purpose, processId, text), 0, both, text.length, SEAL);
        return Bytes.copyOf(both);
    }

    private boolean isSealed(Purpose purpose, CancelKey key) {
        var secret = key.secret().toArray();
        var seal = Arrays.copyOfRange(secret, secret.length - SEAL, secret.length);
        return MessageDigest.isEqual(
                seal, seal(purpose, key.processId(), withoutSeal(key).toArray()));
    }

    private static Bytes withoutSeal(CancelKey key) {
        return Bytes.copyOf(Arrays.copyOf(key.secret().toArray(), key.secret().length() - SEAL));
    }

    private byte[] seal(Purpose purpose, int processId, byte[] secret) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(shared);
            mac.update(purpose.name().getBytes(StandardCharsets.US_ASCII));
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(processId).array());
            return Arrays.copyOf(mac.doFinal(secret), SEAL);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    private static Bytes random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }
}
