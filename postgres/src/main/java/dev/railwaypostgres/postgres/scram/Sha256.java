package dev.railwaypostgres.postgres.scram;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The functions of RFC 5802, section 2.2, with SHA-256. */
final class Sha256 {
    static final int LENGTH = 32;

    private Sha256() {}

    static byte[] hash(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The text is that of messages: one byte for each character. */
    static byte[] hmac(byte[] key, String text) {
        return hmac(key, ScramText.write(text).toArray());
    }

    static byte[] hmac(byte[] key, byte[] text) {
        return mac(key).doFinal(text);
    }

    /** PBKDF2 with one block. */
    static byte[] stretch(byte[] password, byte[] salt, int iterations) {
        var mac = mac(password);
        mac.update(salt);
        var last = mac.doFinal(new byte[] {0, 0, 0, 1});
        var sum = last.clone();
        for (int i = 1; i < iterations; i++) {
            last = mac.doFinal(last);
            xorInto(sum, last);
        }
        return sum;
    }

    static byte[] xor(byte[] left, byte[] right) {
        var result = left.clone();
        xorInto(result, right);
        return result;
    }

    private static void xorInto(byte[] target, byte[] other) {
        for (int i = 0; i < target.length; i++) {
            target[i] ^= other[i];
        }
    }

    /** HMAC pads keys with zeros, so a single zero byte stands for the empty key, which Java does not take. */
    private static Mac mac(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }
}
