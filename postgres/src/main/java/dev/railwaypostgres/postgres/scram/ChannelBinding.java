package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ties a SCRAM exchange to the TLS connection it runs over, by a hash of the server's certificate: nobody in the middle
 * can pass the exchange on. This is {@code tls-server-end-point} of RFC 5929, the one kind that Postgres knows.
 */
public record ChannelBinding(Bytes data) {
    static final String TYPE = "tls-server-end-point";

    private static final Pattern SIGNATURE = Pattern.compile("(SHA3-\\d+|SHA\\d+|MD5)with.+", Pattern.CASE_INSENSITIVE);

    /**
     * @param der the server's certificate as TLS carries it
     * @throws CertificateException when it is none
     */
    public static Optional<ChannelBinding> ofCertificate(byte[] der) throws CertificateException {
        var certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        return ofCertificate((X509Certificate) certificate);
    }

    /** Empty when the certificate's signature names no hash, as Ed25519's does not: RFC 5929 leaves that undefined. */
    public static Optional<ChannelBinding> ofCertificate(X509Certificate certificate) {
        return hashName(certificate).map(name -> digest(name, certificate));
    }

    private static ChannelBinding digest(String hashName, X509Certificate certificate) {
        try {
            return new ChannelBinding(
                    Bytes.copyOf(MessageDigest.getInstance(hashName).digest(certificate.getEncoded())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate whose signature was read can be hashed by the same hash", e);
        }
    }

    private static Optional<String> hashName(X509Certificate certificate) {
        var signature = certificate.getSigAlgName();
        if (signature.equalsIgnoreCase("RSASSA-PSS")) {
            return pssHash(certificate.getSigAlgParams()).map(ChannelBinding::strengthened);
        }
        var matcher = SIGNATURE.matcher(signature);
        return matcher.matches() ? Optional.of(strengthened(dashed(matcher.group(1)))) : Optional.empty();
    }

    /** Java says SHA256 in names of signatures and SHA-256 in names of hashes. */
    private static String dashed(String hash) {
        var upper = hash.toUpperCase(Locale.ROOT);
        return upper.matches("SHA\\d+") ? "SHA-" + upper.substring(3) : upper;
    }

    /** RFC 5929 section 4.1: the weak ones are replaced. */
    private static String strengthened(String hash) {
        return hash.equals("MD5") || hash.equals("SHA-1") ? "SHA-256" : hash;
    }

    private static Optional<String> pssHash(byte[] parameters) {
        try {
            var decoded = AlgorithmParameters.getInstance("RSASSA-PSS");
            decoded.init(parameters);
            return Optional.of(decoded.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }
}
