package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.message.Authentication;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.operator.RoleAttributes;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.route.Route.Readiness;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange of proofs, and what becomes of roles that are not as simple as they look. Nothing of it wakes anything. */
class LoginTest {
    private static final String RIGHT = FakeServer.PASSWORD;

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ProxyFixture();
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(fixture.operator.wakes).isEmpty();
        fixture.close();
    }

    private RawClient asked(String role) throws Exception {
        var client = new RawClient(fixture.proxy.port());
        client.encrypt(null);
        client.startup(Map.of("user", role, "database", "app"));
        return client;
    }

    private void refuses(String role, String password, String sqlState) {
        assertThatThrownBy(() -> fixture.connect("app", role, password))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        problem -> assertThat(problem.getSQLState()).isEqualTo(sqlState));
    }

    // ---- the exchange

    @Test
    void offersChannelBindingFirst() throws Exception {
        try (var client = asked("app")) {
            assertThat(client.message())
                    .isEqualTo(new Authentication.Sasl(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")));
        }
    }

    @Test
    void letsAClientInsistOnChannelBinding() throws Exception {
        var properties = new Properties();
        properties.putAll(Map.of("user", "app", "password", RIGHT, "sslmode", "require", "channelBinding", "require"));
        fixture.connect("app", properties).close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SCRAM-SHA-256      | y,,n=,r=abc                        | 28000
            SCRAM-SHA-256      | p=tls-server-end-point,,n=,r=abc   | 08P01
            SCRAM-SHA-256      | p=tls-unique,,n=,r=abc             | 08P01
            SCRAM-SHA-256      | n,a=somebody,n=,r=abc              | 0A000
            SCRAM-SHA-256      | n,,m=future,n=,r=abc               | 0A000
            SCRAM-SHA-256      | n,,r=abc                           | 08P01
            SCRAM-SHA-256      | garbage                            | 08P01
            SCRAM-SHA-256      | ''                                 | 08P01
            SCRAM-SHA-256-PLUS | n,,n=,r=abc                        | 08P01
            SCRAM-SHA-1        | n,,n=,r=abc                        | 08P01
            """)
    void refusesABadBeginning(String mechanism, String first, String sqlState) throws Exception {
        try (var client = asked("app")) {
            client.message();
            client.send(new FrontendMessage.SaslInitialResponse(mechanism, Bytes.of(first)));
            assertThat(client.readError()).isEqualTo(sqlState);
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c=biws,r=another,p=AAAA", "c=biws,r=abc", "c=biws", "p=AAAA", "", "garbage"})
    void refusesABadEnd(String last) throws Exception {
        try (var client = asked("app")) {
            client.message();
            client.send(new FrontendMessage.SaslInitialResponse("SCRAM-SHA-256", Bytes.of("n,,n=,r=abc")));
            assertThat(client.message()).isInstanceOf(Authentication.SaslContinue.class);
            client.send(new FrontendMessage.SaslResponse(Bytes.of(last)));
            assertThat(client.readError()).isEqualTo("08P01");
        }
    }

    @Test
    void leavesWithoutAWordWhenALongAnswerIsAnnounced() throws Exception {
        try (var client = asked("app")) {
            client.message();
            client.send((byte) 'p', (byte) 0, (byte) 16, (byte) 0, (byte) 0);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void refusesAQueryInPlaceOfAProof() throws Exception {
        try (var client = asked("app")) {
            client.message();
            client.sendQuery("SELECT 1");
            assertThat(client.readError()).isEqualTo("08P01");
        }
        assertThat(fixture.server.statements).isEmpty();
    }

    @Test
    void runsNothingThatWasSentAheadOfAWrongProof() throws Exception {
        try (var client = asked("app")) {
            client.message();
            client.send(new FrontendMessage.SaslInitialResponse("SCRAM-SHA-256", Bytes.of("n,,n=,r=abc")));
            var first = ((Authentication.SaslContinue) client.message()).data().toText();
            var nonce = first.substring(2, first.indexOf(','));
            client.send(
                    new FrontendMessage.SaslResponse(
                            Bytes.of("c=biws,r=" + nonce + ",p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")),
                    new FrontendMessage.Query("SELECT 1"));
            assertThat(client.readError()).isEqualTo("28P01");
            assertThat(client.read()).isEqualTo(-1);
        }
        assertThat(fixture.server.statements).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void forgetsAClientThatLeavesInTheMiddle(int step) throws Exception {
        try (var client = asked("app")) {
            client.message();
            if (step > 0) {
                client.send(new FrontendMessage.SaslInitialResponse("SCRAM-SHA-256", Bytes.of("n,,n=,r=abc")));
            }
            if (step > 1) {
                client.message();
            }
        }
        Eventually.holds(
                "no client connection is left",
                () -> fixture.metric("client_connections").equals("0.0"));
    }

    // ---- names

    @Test
    void showsTheSameOfAnUnknownRoleAsOfAKnownOne() throws Exception {
        var known = saltOf("app");
        var unknown = saltOf("nobody");
        assertThat(unknown).hasSameSizeAs(known).isNotEqualTo(known);
        assertThat(saltOf("nobody")).isEqualTo(unknown);
        assertThat(saltOf("somebody")).isNotEqualTo(unknown);
    }

    private String saltOf(String role) throws Exception {
        try (var client = asked(role)) {
            assertThat(client.message())
                    .isEqualTo(new Authentication.Sasl(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")));
            client.send(new FrontendMessage.SaslInitialResponse("SCRAM-SHA-256", Bytes.of("n,,n=,r=abc")));
            var first = ((Authentication.SaslContinue) client.message()).data().toText();
            return first.substring(first.indexOf(",s="));
        }
    }

    @Test
    void asksTheOperatorAsOftenForAnUnknownRoleAsForAWrongPassword() throws Exception {
        refuses("app", "guess", "28P01");
        int asked = fixture.operator.rolesAsked.get();
        saltOf("nobody");
        saltOf("app");
        assertThat(fixture.operator.rolesAsked).hasValue(asked);
    }

    @ParameterizedTest
    @CsvSource({"'', 28000", "é, 28P01"})
    void refusesOddNames(String user, String sqlState) throws Exception {
        try (var client = asked(user)) {
            if (sqlState.equals("28P01")) {
                assertThatThrownBy(() -> client.authenticate("guess")).hasMessage(sqlState);
            } else {
                assertThat(client.readError()).isEqualTo(sqlState);
            }
        }
    }

    @Test
    void takesANameOf64BytesAsItIs() throws Exception {
        var name = "n".repeat(64);
        fixture.operator.role(name, FakeServer.VERIFIER);
        fixture.connect("app", name, RIGHT).close();
        refuses("n".repeat(63), RIGHT, "28P01");
        refuses("app".repeat(30), RIGHT, "28P01");
    }

    @Test
    void takesTheLastOfTwoUsersAsPostgresDoes() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt(null);
            var body = "user\0nobody\0user\0app\0\0".getBytes(StandardCharsets.UTF_8);
            var packet = java.nio.ByteBuffer.allocate(8 + body.length);
            client.send(packet.putInt(8 + body.length).putInt(3 << 16).put(body).array());
            client.authenticate(RIGHT);
        }
    }

    @Test
    void takesAStartupPacketOfTheGreatestLength() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt(null);
            var taken = "user\0app\0application_name\0".length() + 2;
            client.startup(Map.of("user", "app", "application_name", "x".repeat(10_004 - 8 - taken)));
            client.authenticate(RIGHT);
        }
    }

    // ---- roles

    @Test
    void refusesAnExpiredPasswordLikeAWrongOne() {
        fixture.operator.attributes(
                "app", new RoleAttributes(true, Instant.now().minusSeconds(1), false));
        refuses("app", RIGHT, "28P01");
    }

    @Test
    void acceptsAPasswordThatHasNotExpiredYet() throws Exception {
        fixture.operator.attributes(
                "app", new RoleAttributes(true, Instant.now().plusSeconds(3600), false));
        fixture.connect().close();
    }

    @Test
    void tellsARoleThatMayNotLogInSoOnlyOnceItsPasswordWasRight() {
        fixture.operator.attributes("app", new RoleAttributes(false, Instant.MAX, false));
        refuses("app", RIGHT, "28000");
        refuses("app", "guess", "28P01");
    }

    @Test
    void takesANewRoleAsSoonAsTheOperatorTellsOfIt() throws Exception {
        refuses("late", "new", "28P01");
        fixture.operator.role("late", ScramVerifier.ofPassword("new"));
        rolesChanged("1");
        Eventually.holds("the new role can log in", () -> canLogIn("late", "new"));
    }

    @Test
    void takesARotatedPasswordAndNoLongerTheOldOne() throws Exception {
        fixture.connect().close();
        fixture.operator.role("app", ScramVerifier.ofPassword("rotated"));
        rolesChanged("1");
        Eventually.holds("the new password opens", () -> canLogIn("app", "rotated"));
        refuses("app", RIGHT, "28P01");
    }

    @Test
    void asksForOneMoreTryWhenTheRoleHadChangedUnnoticed() throws Exception {
        fixture.connect().close();
        fixture.operator.role("app", ScramVerifier.ofPassword("rotated"));
        Eventually.holds(
                "the change is noticed by a wrong proof",
                () -> stateOf("app", "rotated").equals("57P03"));
        fixture.connect("app", "app", "rotated").close();
    }

    @Test
    void asksForRolesAnewWhenTheServerRefusesAPasswordThatWeTook() throws Exception {
        fixture.operator.role("app", ScramVerifier.ofPassword("old"));
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
        try (var connection = fixture.connect("app", "app", "old")) {
            int asked = fixture.operator.rolesAsked.get();
            fixture.operator.role("app", FakeServer.VERIFIER);
            assertThatThrownBy(() -> ProxyFixture.ask(connection, "SELECT now"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            problem -> assertThat(problem.getSQLState()).isEqualTo("28P01"));
            Eventually.holds("the roles are asked for", () -> fixture.operator.rolesAsked.get() > asked);
        }
        fixture.connect().close();
        refuses("app", "old", "28P01");
    }

    private void rolesChanged(String version) {
        var route = fixture.route(Readiness.ASLEEP);
        fixture.routes.feed(new Route(
                route.database(),
                route.databaseName(),
                route.endpoint(),
                route.readiness(),
                route.address(),
                false,
                route.pooling(),
                version));
    }

    private boolean canLogIn(String role, String password) {
        return stateOf(role, password).isEmpty();
    }

    private String stateOf(String role, String password) {
        try {
            fixture.connect("app", role, password).close();
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    // ---- settings of the startup packet

    @Test
    void givesTheServerWhatOneClientAskedForAndNotToAnother() throws Exception {
        fixture.server.wake();
        fixture.phase(Readiness.AWAKE);
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt(null);
            client.startup(Map.of(
                    "user", "app", "database", "app", "options", "-c search_path=a\\ b -c work_mem=64MB --geqo=off"));
            client.authenticate(RIGHT);
            assertThat(client.query("SELECT now")).endsWith("Z");
        }
        assertThat(fixture.server.sessions.getLast().settings.get("options"))
                .contains("search_path=a\\ b", "work_mem=64MB", "geqo=off");
    }

    @ParameterizedTest
    @CsvSource({"true, 0A000", "database, 0A000", "1, 0A000", "bad, 22023"})
    void refusesReplication(String value, String sqlState) throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt(null);
            client.startup(Map.of("user", "app", "database", "app", "replication", value));
            assertThat(client.readError()).isEqualTo(sqlState);
        }
    }

    @Test
    void takesReplicationOffForAnOrdinaryLogin() throws Exception {
        try (var client = new RawClient(fixture.proxy.port())) {
            client.encrypt(null);
            client.startup(Map.of("user", "app", "database", "app", "replication", "off"));
            client.authenticate(RIGHT);
        }
    }
}
