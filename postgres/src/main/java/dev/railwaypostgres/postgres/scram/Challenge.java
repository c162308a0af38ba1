package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;

/** A server's first message, taken apart. */
record Challenge(String nonce, Bytes salt, int iterations) {
    static Challenge parse(String text, String clientNonce, int maxIterations) {
        var attributes = new ScramAttributes(text);
        var nonce = attributes.next('r');
        var salt = attributes.nextBase64('s');
        int iterations = iterations(attributes.next('i'), maxIterations);
        if (!nonce.startsWith(clientNonce) || nonce.length() == clientNonce.length() || salt.length() == 0) {
            throw new ProtocolViolation("invalid SCRAM response: nonce does not match");
        }
        return new Challenge(nonce, salt, iterations);
    }

    private static int iterations(String text, int max) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > max) {
            throw new ProtocolViolation("malformed SCRAM message (invalid iteration count)");
        }
        return Integer.parseInt(text);
    }
}
