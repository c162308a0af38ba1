package dev.railwaypostgres.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemPrivateKeyTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    genrsa -traditional -out %s 2048                        | BEGIN RSA PRIVATE KEY | RSA
                    genpkey -algorithm RSA -out %s                          | BEGIN PRIVATE KEY     | RSA
                    ecparam -name prime256v1 -genkey -noout -out %s         | BEGIN EC PRIVATE KEY  | EC
                    ecparam -name secp384r1 -genkey -out %s                 | BEGIN EC PRIVATE KEY  | EC
                    genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out %s | BEGIN PRIVATE KEY | EC
                    """)
    void readsEveryFormThatToolsWrite(String openssl, String form, String algorithm) throws Exception {
        var file = folder.resolve("key.pem");
        var command = ("openssl " + openssl.formatted(file)).split(" ", -1);
        assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor())
                .isZero();

        assertThat(Files.readString(file)).contains(form);
        assertThat(PemPrivateKey.parse(Files.readString(file), file).getAlgorithm())
                .isEqualTo(algorithm);
    }

    @Test
    void saysWhichFileHoldsNoKey() throws IOException {
        var file = Files.writeString(folder.resolve("key.pem"), "nothing of the kind");
        assertThatThrownBy(() -> PemPrivateKey.parse(Files.readString(file), file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key.pem");
    }
}
