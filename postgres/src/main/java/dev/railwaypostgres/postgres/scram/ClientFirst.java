package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A client's first message, taken apart.
 *
 * @param flag {@code p} binds to the channel, {@code y} could but thinks that the server cannot, {@code n} cannot
 * @param header all before {@code bare}
 */
record ClientFirst(char flag, String header, String bare, String nonce) {
    static ClientFirst parse(String text) {
        if (text.isEmpty()) {
            throw ScramAttributes.malformed();
        }
        int headerEnd = headerEnd(text);
        var bare = new ScramAttributes(text, headerEnd);
        if (bare.comes('m')) {
            throw unsupported("client requires an unsupported SCRAM extension");
        }
        bare.next('n');
        var nonce = bare.next('r');
        if (nonce.isEmpty() || !nonce.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new ProtocolViolation("non-printable characters in SCRAM nonce");
        }
        return new ClientFirst(text.charAt(0), text.substring(0, headerEnd), text.substring(headerEnd), nonce);
    }

    private static int headerEnd(String text) {
        int flagEnd =
                switch (text.charAt(0)) {
                    case 'n', 'y' -> 1;
                    case 'p' -> bindingTypeEnd(text);
                    default -> throw ScramAttributes.malformed();
                };
        if (!text.startsWith(",", flagEnd)) {
            throw ScramAttributes.malformed();
        }
        if (text.startsWith("a=", flagEnd + 1)) {
            throw unsupported("client uses authorization identity, but it is not supported");
        }
        if (!text.startsWith(",", flagEnd + 1)) {
            throw ScramAttributes.malformed();
        }
        return flagEnd + 2;
    }

    private static int bindingTypeEnd(String text) {
        var wanted = "p=" + ChannelBinding.TYPE;
        if (!text.startsWith(wanted + ",")) {
            throw new ProtocolViolation("unsupported SCRAM channel-binding type");
        }
        return wanted.length();
    }

    /** The flag must fit the chosen mechanism; {@code y} where binding was offered means that someone cut the offer. */
    void check(String mechanism, boolean bindingOffered) {
        boolean binds = mechanism.equals(ScramMechanism.SCRAM_SHA_256_PLUS);
        if (binds && flag != 'p') {
            throw new ProtocolViolation(
                    "client selected SCRAM-SHA-256-PLUS, but the SCRAM message does not include channel binding data");
        }
        if (!binds && flag == 'p') {
            throw new ProtocolViolation(
                    "client selected SCRAM-SHA-256 without channel binding, but the SCRAM message includes it");
        }
        if (flag == 'y' && bindingOffered) {
            throw new ProtocolViolation(
                    SqlState.INVALID_AUTHORIZATION,
                    "client supports SCRAM channel binding but thinks the server does not. However, this server does"
                            + " support channel binding.");
        }
    }

    /** What the client has to repeat in its second message. */
    Bytes expectedBinding(@Nullable ChannelBinding binding) {
        var start = header.getBytes(StandardCharsets.US_ASCII);
        if (flag != 'p' || binding == null) {
            return Bytes.copyOf(start);
        }
        var data = binding.data().toArray();
        var both = Arrays.copyOf(start, start.length + data.length);
        System.arraycopy(data, 0, both, start.length, data.length);
        return Bytes.copyOf(both);
    }

    private static ProtocolViolation unsupported(String message) {
        return new ProtocolViolation(SqlState.FEATURE_NOT_SUPPORTED, message);
    }
}
