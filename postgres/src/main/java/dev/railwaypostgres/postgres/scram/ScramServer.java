package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one login. A few hashes, quick enough for an event loop, and the same work for any verifier.
 * Not thread-safe.
 */
public final class ScramServer {
    /** Postgres takes no longer message while a client logs in; refuse it before its body comes. */
    public static final int MAX_MESSAGE_LENGTH = 1024;

    private final ScramVerifier verifier;
    private final @Nullable ChannelBinding binding;
    private final Supplier<String> nonces;

    private @Nullable ClientFirst clientFirst;
    private String nonce = "";
    private String serverFirst = "";

    /**
     * @param verifier the role's, or {@link ScramVerifier#mock} for a role that does not exist
     * @param binding that of the TLS connection to the client, null without TLS or when it cannot be had
     */
    public ScramServer(ScramVerifier verifier, @Nullable ChannelBinding binding) {
        this(verifier, binding, Nonces.SECURE);
    }

    ScramServer(ScramVerifier verifier, @Nullable ChannelBinding binding, Supplier<String> nonces) {
        this.verifier = verifier;
        this.binding = binding;
        this.nonces = nonces;
    }

    /** What to offer in {@code AuthenticationSASL}, best first. */
    public static List<String> mechanisms(@Nullable ChannelBinding binding) {
        return binding == null
                ? List.of(ScramMechanism.SCRAM_SHA_256)
                : List.of(ScramMechanism.SCRAM_SHA_256_PLUS, ScramMechanism.SCRAM_SHA_256);
    }

    /**
     * Takes the client's first message.
     *
     * @return what to answer in {@code AuthenticationSASLContinue}
     * @throws ProtocolViolation with the code and words of Postgres
     */
    public Bytes begin(String mechanism, Bytes message) {
        if (!mechanisms(binding).contains(mechanism)) {
            throw new ProtocolViolation("client selected an invalid SASL authentication mechanism");
        }
        var first = ClientFirst.parse(ScramText.read(message));
        first.check(mechanism, binding != null);
        clientFirst = first;
        nonce = first.nonce() + nonces.get();
        serverFirst = "r=%s,s=%s,i=%d".formatted(nonce, encode(verifier.salt()), verifier.iterations());
        return ScramText.write(serverFirst);
    }

    /**
     * Takes the client's second and last message.
     *
     * @throws ProtocolViolation with the code and words of Postgres
     * @throws IllegalStateException before {@link #begin}
     */
    public ScramOutcome finish(Bytes message) {
        var first = clientFirst;
        if (first == null) {
            throw new IllegalStateException("the client's first message has not come yet");
        }
        clientFirst = null;
        var last = ClientFinal.parse(ScramText.read(message));
        checkBinding(first, last);
        if (!ScramText.write(last.nonce()).equals(ScramText.write(nonce))) {
            throw new ProtocolViolation("invalid SCRAM response: nonce does not match");
        }
        var authMessage = first.bare() + "," + serverFirst + "," + last.withoutProof();
        return judge(authMessage, last.proof().toArray());
    }

    private ScramOutcome judge(String authMessage, byte[] proof) {
        var signature = Sha256.hmac(verifier.storedKey().toArray(), authMessage);
        var clientKey = new ClientKey(Sha256.xor(signature, proof));
        if (!verifier.accepts(clientKey)) {
            clientKey.destroy();
            return new ScramOutcome.Refused();
        }
        var serverSignature = Sha256.hmac(verifier.serverKey().toArray(), authMessage);
        return new ScramOutcome.Authenticated(Bytes.of("v=" + encode(Bytes.copyOf(serverSignature))), clientKey);
    }

    private void checkBinding(ClientFirst first, ClientFinal last) {
        boolean bound = first.flag() == 'p' && binding != null;
        if (last.binding().equals(first.expectedBinding(binding))) {
            return;
        }
        throw bound
                ? new ProtocolViolation(SqlState.INVALID_AUTHORIZATION, "SCRAM channel binding check failed")
                : new ProtocolViolation("unexpected SCRAM channel-binding attribute in client-final-message");
    }

    private static String encode(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
