package dev.railwaypostgres.proxy.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.proxy.cancel.CancelKeys.Destination;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CancelKeysTest {
    private static final Bytes SHARED = Bytes.of("a secret of all replicas");

    private final CancelKeys mine = keys("10.0.0.1", SHARED);
    private final CancelKeys other = keys("10.0.0.2", SHARED);
    private final CancelKeys stranger = keys("10.0.0.1", Bytes.of("a secret of somebody else"));

    private static CancelKeys keys(String address, Bytes shared) {
        return CancelKeys.of(new InetSocketAddress(InetAddress.ofLiteral(address), 5432), shared);
    }

    private static CancelKey key(CancelKeys of, int minor) {
        return of.issue(_ -> false, new ProtocolVersion(3, minor));
    }

    private static CancelKey changed(CancelKey key) {
        var secret = key.secret().toArray();
        secret[0] ^= 1;
        return new CancelKey(key.processId(), Bytes.copyOf(secret));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void leadsHere(int minor) {
        var key = key(mine, minor);
        assertThat(mine.read(key)).isEqualTo(new Destination.Here(key, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void leadsToTheReplicaThatMadeItAndNoFurther(int minor) {
        var key = key(mine, minor);
        var elsewhere = (Destination.Elsewhere) other.read(key);
        assertThat(elsewhere.replica()).isEqualTo(ReplicaNumber.in(key.processId()));
        assertThat(mine.read(elsewhere.sealed())).isEqualTo(new Destination.Here(key, true));
        assertThat(other.read(elsewhere.sealed()))
                .as("at a replica that does not have it, it stays")
                .isEqualTo(new Destination.Here(key, true));
    }

    @Test
    void knowsALongKeyThatWasMadeUp() {
        assertThat(mine.read(changed(key(mine, 2)))).isEqualTo(new Destination.Nowhere());
        assertThat(mine.read(key(stranger, 2))).isEqualTo(new Destination.Nowhere());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void knowsAPeerThatIsNone(int minor) {
        var sealed = ((Destination.Elsewhere) other.read(key(mine, minor))).sealed();
        assertThat(mine.read(changed(sealed))).isEqualTo(new Destination.Nowhere());
        assertThat(stranger.read(sealed)).isEqualTo(new Destination.Nowhere());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 16, 31, 33, 64, 256})
    void readsKeysOfAnyOtherLength(int length) {
        assertThat(mine.read(new CancelKey(1, Bytes.copyOf(new byte[length])))).isEqualTo(new Destination.Nowhere());
    }

    @Test
    void givesNoProcessIdTwiceAndNoNegativeOne() {
        var given = new HashSet<Integer>();
        for (int i = 0; i < 10_000; i++) {
            int processId = mine.issue(given::contains, ProtocolVersion.V3_0).processId();
            assertThat(processId).isPositive();
            assertThat(given.add(processId)).isTrue();
        }
    }

    @Test
    void comesRoundToProcessIdsThatAreFreeAgain() {
        int first = key(mine, 0).processId();
        int last = first;
        for (int i = 1; i < ReplicaNumber.SESSIONS; i++) {
            last = key(mine, 0).processId();
        }
        assertThat(last).isEqualTo(first);
    }

    @Test
    void takesAnotherNumberForEachOfAHandfulOfReplicas() {
        var numbers = new HashSet<ReplicaNumber>();
        for (int i = 1; i <= 20; i++) {
            numbers.add(ReplicaNumber.of(new InetSocketAddress(InetAddress.ofLiteral("10.244.1." + i), 5432)));
        }
        assertThat(numbers).hasSize(20);
    }
}
