package dev.railwaypostgres.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,   10.255.0.1,   true",
        "10.0.0.0/8,   11.0.0.1,     false",
        "10.0.0.1/32,  10.0.0.1,     true",
        "10.0.0.1/32,  10.0.0.0,     false",
        "10.0.0.0/9,   10.128.0.0,   false",
        "0.0.0.0/0,    192.0.2.1,    true",
        "0.0.0.0/0,    2001:db8::1,  false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false"
    })
    void containsWhatBeginsLikeIt(String network, String address, boolean isInside) {
        assertThat(Cidr.parse(network).contains(InetAddress.ofLiteral(address))).isEqualTo(isInside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "localhost/8", "::/129", "/8", ""})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
