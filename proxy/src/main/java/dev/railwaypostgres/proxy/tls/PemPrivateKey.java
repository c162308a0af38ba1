package dev.railwaypostgres.proxy.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Private keys as they are found in Secrets of type {@code kubernetes.io/tls}: PKCS #8, and the older forms that helm and cert-manager
 * write (PKCS #1 for RSA, RFC 5915 for elliptic curves), which Java reads only when they are wrapped in PKCS #8.
 */
final class PemPrivateKey {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (?<form>(?:RSA |EC )?PRIVATE KEY)-----(?<base64>[A-Za-z0-9+/=\\s]+)-----END");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    /** The object identifier rsaEncryption, and NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    /** The object identifier id-ecPublicKey; the curve's follows. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xa0;

    private PemPrivateKey() {}

    /**
     * @param file where the text comes from, for people
     * @throws IOException when there is no such key in it
     */
    static PrivateKey parse(String text, Path file) throws IOException {
        var pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new IOException("no private key in PEM: " + file);
        }
        try {
            return decode(pkcs8(pem.group("form"), Base64.getMimeDecoder().decode(pem.group("base64"))), file);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new IOException("a damaged private key: " + file, e);
        }
    }

    private static byte[] pkcs8(String form, byte[] der) throws IOException {
        return switch (form) {
            case "RSA PRIVATE KEY" -> wrapped(RSA, der);
            case "EC PRIVATE KEY" -> wrapped(concatenated(EC, curve(der)), der);
            default -> der;
        };
    }

    private static PrivateKey decode(byte[] pkcs8, Path file) throws IOException {
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException _) {
                // Of another algorithm; the last one's failure says no more than ours.
            }
        }
        throw new IOException("neither an RSA nor an elliptic curve key: " + file);
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return tagged(SEQUENCE, concatenated(VERSION, tagged(SEQUENCE, algorithm), tagged(OCTETS, key)));
    }

    /** The curve's object identifier: the content of the key's first optional field. */
    private static byte[] curve(byte[] key) throws IOException {
        var fields = ByteBuffer.wrap(content(ByteBuffer.wrap(key), SEQUENCE));
        while (fields.hasRemaining()) {
            var tag = fields.get(fields.position()) & 0xff;
            var content = content(fields, tag);
            if (tag == CURVE) {
                return content;
            }
        }
        throw new IOException("an elliptic curve key that does not name its curve");
    }

    private static byte[] content(ByteBuffer der, int tag) throws IOException {
        if (!der.hasRemaining() || (der.get() & 0xff) != tag) {
            throw new IOException("a damaged private key");
        }
        var length = der.get() & 0xff;
        if (length > 0x80) {
            var bytes = length - 0x80;
            length = 0;
            for (var i = 0; i < bytes; i++) {
                length = (length << 8) | (der.get() & 0xff);
            }
        }
        if (length > der.remaining()) {
            throw new IOException("a damaged private key");
        }
        var content = new byte[length];
        der.get(content);
        return content;
    }

    private static byte[] tagged(int tag, byte[] content) {
        var length = content.length < 0x80
                ? new byte[] {(byte) content.length}
                : new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return concatenated(new byte[] {(byte) tag}, length, content);
    }

    private static byte[] concatenated(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
