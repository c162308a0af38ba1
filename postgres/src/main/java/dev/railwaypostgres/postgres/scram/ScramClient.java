package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.scram.ScramFailure.Reason;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one login: send {@link #first()}, answer {@link #answer}, and trust the server only after
 * {@link #verify}. Not thread-safe. With a password {@code answer} takes long on purpose: not for an event loop.
 */
public final class ScramClient {
    /** A server that asks for more wants to keep us busy. Postgres' default is 4096. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private final Credentials credentials;
    private final @Nullable ChannelBinding binding;
    private final String mechanism;
    private final String nonce;
    private byte[] expectedSignature = {};

    private ScramClient(
            Credentials credentials, @Nullable ChannelBinding binding, String mechanism, Supplier<String> nonces) {
        this.credentials = credentials;
        this.binding = binding;
        this.mechanism = mechanism;
        this.nonce = nonces.get();
    }

    /**
     * @param offered from {@code AuthenticationSASL}
     * @param binding that of the TLS connection to the server: with it only a server that binds is accepted; null when
     *     there is none
     * @throws ScramFailure when the offer holds nothing that fits
     */
    public static ScramClient start(Credentials credentials, @Nullable ChannelBinding binding, List<String> offered) {
        return start(credentials, binding, offered, Nonces.SECURE);
    }

    static ScramClient start(
            Credentials credentials, @Nullable ChannelBinding binding, List<String> offered, Supplier<String> nonces) {
        var mechanism = binding == null ? ScramMechanism.SCRAM_SHA_256 : ScramMechanism.SCRAM_SHA_256_PLUS;
        if (!offered.contains(mechanism)) {
            throw new ScramFailure(Reason.NO_MECHANISM, "the server does not offer " + mechanism);
        }
        return new ScramClient(credentials, binding, mechanism, nonces);
    }

    public String mechanism() {
        return mechanism;
    }

    /** Goes out in {@code SASLInitialResponse}. */
    public Bytes first() {
        return ScramText.write(header() + bare());
    }

    /**
     * Takes the data of {@code AuthenticationSASLContinue}.
     *
     * @return what to send in {@code SASLResponse}
     * @throws ScramFailure when our key does not fit this server
     * @throws ProtocolViolation when the server talks nonsense
     */
    public Bytes answer(Bytes serverFirst) {
        var text = ScramText.read(serverFirst);
        var challenge = Challenge.parse(text, nonce, MAX_ITERATIONS);
        var keys = ProofKeys.of(credentials, challenge);
        try {
            var first = new ClientFirst(header().charAt(0), header(), bare(), nonce);
            var withoutProof = "c=%s,r=%s".formatted(encode(first.expectedBinding(binding)), challenge.nonce());
            var authMessage = bare() + "," + text + "," + withoutProof;
            expectedSignature = Sha256.hmac(keys.serverKey().toArray(), authMessage);
            return ScramText.write(withoutProof + ",p=" + encode(keys.proof(authMessage)));
        } finally {
            keys.destroyOwn();
        }
    }

    /**
     * Takes the data of {@code AuthenticationSASLFinal}. Without it, {@code AuthenticationOk} means nothing.
     *
     * @throws ScramFailure when the server says no, or cannot prove that it knows us
     * @throws ProtocolViolation when the server talks nonsense
     */
    public void verify(Bytes serverFinal) {
        var attributes = new ScramAttributes(ScramText.read(serverFinal));
        if (attributes.comes('e')) {
            throw new ScramFailure(Reason.REFUSED, "the server refused the login");
        }
        var signature = attributes.nextBase64('v');
        if (expectedSignature.length == 0 || !signature.equals(Bytes.copyOf(expectedSignature))) {
            throw new ScramFailure(Reason.IMPOSTOR, "the server does not know the role's verifier");
        }
    }

    private String header() {
        return binding == null ? "n,," : "p=" + ChannelBinding.TYPE + ",,";
    }

    /** The name stays empty: Postgres takes the one from the startup message. */
    private String bare() {
        return "n=,r=" + nonce;
    }

    private static String encode(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
