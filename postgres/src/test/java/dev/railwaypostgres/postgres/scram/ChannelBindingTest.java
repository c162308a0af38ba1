package dev.railwaypostgres.postgres.scram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelBindingTest {
    /** The hashes are OpenSSL's, of the certificate's DER form. */
    @ParameterizedTest
    @CsvSource({
        "ecdsa-sha256, 6f4d025eec85e9bc8b3831bb1b9eb2779bc42891fe7d90e1230beb1478ee412c",
        "ecdsa-sha384, bb26863ac51fee7978c07007b8ada7f558f3f5e2716250e1ed055fd1797018517d668c8e40fa8c6d3dda49e841d45e5c",
        "rsa-sha1, a4d5669fe80d68324e335ee863f1f086420b91d167eaf1f30e1442405822c0a9",
        "rsa-sha512, 4f1b5c8e09b672d0053b0c4bf34b6db504c669a65b41c03d797e4d440cf231d1"
                + "b462a8b245fc2a058994227d72252fc1e5a5665c8a16a9cde2ef59fb4046c752",
        "rsa-pss-sha384, 9dc37aa36a079cc7125a5c605d77bec109ec953087f9975710d4860005ca34cce35f8b263f9aab6358272b44be78a4ba",
    })
    void hashesACertificateByItsSignaturesHash(String name, String hash) throws Exception {
        var certificate = certificate(name);
        var binding = ChannelBinding.ofCertificate(certificate).orElseThrow();
        assertThat(HexFormat.of().formatHex(binding.data().toArray())).isEqualTo(hash);
        assertThat(ChannelBinding.ofCertificate(certificate.getEncoded())).contains(binding);
    }

    @Test
    void hasNoneForASignatureWithoutAHash() throws Exception {
        assertThat(ChannelBinding.ofCertificate(certificate("ed25519"))).isEmpty();
    }

    @Test
    void refusesBytesThatAreNoCertificate() {
        assertThatThrownBy(() -> ChannelBinding.ofCertificate(new byte[] {1, 2, 3}))
                .isInstanceOf(CertificateException.class);
    }

    static X509Certificate certificate(String name) throws IOException, CertificateException {
        try (var in = ChannelBindingTest.class.getResourceAsStream("/certificates/" + name + ".pem")) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
