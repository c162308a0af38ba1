package dev.railwaypostgres.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,             10.0.0.1:5555,                    10.0.0.1",
        "2001:db8:1:2:3:4:5:6, [2001:db8:1:2:3:4:5:6]:5555,      2001:db8:1:2::",
        "::ffff:10.0.0.1,      10.0.0.1:5555,                    10.0.0.1"
    })
    void isWrittenForPeopleAndStandsForItsNetwork(String address, String text, String network) {
        var client = new ClientAddress(InetAddress.ofLiteral(address), 5555);
        assertThat(client).hasToString(text);
        assertThat(client.network()).isEqualTo(InetAddress.ofLiteral(network));
    }
}
