package dev.railwaypostgres.postgres.scram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramTest {
    private static final Bytes SALT = Bytes.of("sixteen bytes ok");
    private static final ScramVerifier PENCIL = ScramVerifier.ofPassword("pencil", 64, SALT);
    private static final ChannelBinding BINDING = new ChannelBinding(Bytes.of("hash of a certificate"));
    private static final List<String> BOTH = ScramServer.mechanisms(BINDING);

    /** RFC 7677, section 3. Its client names a user, ours leaves that to the startup message. */
    @Test
    void answersTheExampleOfTheStandard() {
        var verifier = ScramVerifier.ofPassword(
                "pencil", 4096, Bytes.copyOf(Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==")));
        var server = new ScramServer(verifier, null, () -> "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
        assertThat(server.begin("SCRAM-SHA-256", Bytes.of("n,,n=user,r=rOprNGfwEbeRWgbNEkqO")))
                .isEqualTo(Bytes.of(
                        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        var outcome = server.finish(Bytes.of("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
        assertThat(authenticated(outcome).serverFinal())
                .isEqualTo(Bytes.of("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }

    @Test
    void logsInWithAPassword() {
        var client = client(new Credentials.Password("pencil"), null);
        var outcome = login(client, new ScramServer(PENCIL, null));
        client.verify(authenticated(outcome).serverFinal());
        assertThat(client.mechanism()).isEqualTo("SCRAM-SHA-256");
    }

    @Test
    void bindsToTheChannel() {
        var client = client(new Credentials.Password("pencil"), BINDING);
        var outcome = login(client, new ScramServer(PENCIL, BINDING));
        client.verify(authenticated(outcome).serverFinal());
        assertThat(client.mechanism()).isEqualTo("SCRAM-SHA-256-PLUS");
    }

    @Test
    void passesALoginOnWithTheKeyWonFromIt() {
        var key = authenticated(
                        login(client(new Credentials.Password("pencil"), BINDING), new ScramServer(PENCIL, BINDING)))
                .clientKey();
        var onward = client(new Credentials.Key(key, PENCIL), null);
        var outcome = login(onward, new ScramServer(PENCIL, null));
        onward.verify(authenticated(outcome).serverFinal());
        assertThat(key.isDestroyed()).isFalse();
    }

    @Test
    void winsTheSameKeyFromEachLogin() {
        var first = login(client(new Credentials.Password("pencil"), null), new ScramServer(PENCIL, null));
        var second = login(client(new Credentials.Password("pencil"), BINDING), new ScramServer(PENCIL, BINDING));
        assertThat(PENCIL.accepts(authenticated(first).clientKey())).isTrue();
        assertThat(authenticated(first).clientKey().bytes())
                .isEqualTo(authenticated(second).clientKey().bytes());
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownRoleAlike() {
        var wrong = login(client(new Credentials.Password("pencils"), null), new ScramServer(PENCIL, null));
        var ghost = ScramVerifier.mock("ghost", Bytes.of("secret"));
        var cheap = new ScramVerifier(8, ghost.salt(), ghost.storedKey(), ghost.serverKey());
        var unknown = login(client(new Credentials.Password("pencil"), null), new ScramServer(cheap, null));
        assertThat(wrong).isEqualTo(new ScramOutcome.Refused()).isEqualTo(unknown);
    }

    @Test
    void refusesAServerThatDoesNotKnowTheVerifier() {
        var client = client(new Credentials.Password("pencil"), null);
        login(client, new ScramServer(PENCIL, null));
        assertThatThrownBy(() -> client.verify(Bytes.of("v=" + "A".repeat(43) + "=")))
                .asInstanceOf(type(ScramFailure.class))
                .returns(ScramFailure.Reason.IMPOSTOR, ScramFailure::reason);
    }

    @Test
    void refusesAServerThatSkipsTheExchange() {
        var client = client(new Credentials.Password("pencil"), null);
        assertThatThrownBy(() -> client.verify(Bytes.of("v=")))
                .asInstanceOf(type(ScramFailure.class))
                .returns(ScramFailure.Reason.IMPOSTOR, ScramFailure::reason);
    }

    @Test
    void tellsWhenTheServerSaysNo() {
        var client = client(new Credentials.Password("pencil"), null);
        assertThatThrownBy(() -> client.verify(Bytes.of("e=other-error")))
                .asInstanceOf(type(ScramFailure.class))
                .returns(ScramFailure.Reason.REFUSED, ScramFailure::reason);
    }

    @Test
    void tellsWhenAKeyBelongsToAnotherVerifier() {
        var key = new ClientKey(new byte[32]);
        var other = ScramVerifier.ofPassword("pencil", 65, SALT);
        assertThatThrownBy(() -> login(client(new Credentials.Key(key, other), null), new ScramServer(PENCIL, null)))
                .asInstanceOf(type(ScramFailure.class))
                .returns(ScramFailure.Reason.STALE_KEY, ScramFailure::reason);
    }

    @Test
    void goesNowhereWithoutTheMechanismItNeeds() {
        var password = new Credentials.Password("pencil");
        assertThatThrownBy(() -> ScramClient.start(password, BINDING, List.of("SCRAM-SHA-256")))
                .asInstanceOf(type(ScramFailure.class))
                .returns(ScramFailure.Reason.NO_MECHANISM, ScramFailure::reason);
        assertThatThrownBy(() -> ScramClient.start(password, null, List.of())).isInstanceOf(ScramFailure.class);
    }

    @Test
    void noticesAManInTheMiddleByTheOtherCertificate() {
        var client = client(new Credentials.Password("pencil"), new ChannelBinding(Bytes.of("another")));
        assertThatThrownBy(() -> login(client, new ScramServer(PENCIL, BINDING)))
                .hasMessage("SCRAM channel binding check failed")
                .asInstanceOf(type(ProtocolViolation.class))
                .returns(SqlState.INVALID_AUTHORIZATION, ProtocolViolation::sqlState);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SCRAM-SHA-256      | y,,n=,r=abc                        | 28000",
                "SCRAM-SHA-256      | p=tls-server-end-point,,n=,r=abc   | 08P01",
                "SCRAM-SHA-256-PLUS | n,,n=,r=abc                        | 08P01",
                "SCRAM-SHA-256-PLUS | p=tls-unique,,n=,r=abc             | 08P01",
                "SCRAM-SHA-1        | n,,n=,r=abc                        | 08P01",
                "SCRAM-SHA-256      | n,a=admin,n=,r=abc                 | 0A000",
                "SCRAM-SHA-256      | n,,m=x,n=,r=abc                    | 0A000",
                "SCRAM-SHA-256      | n,,n=,r=                           | 08P01",
                "SCRAM-SHA-256      | n,,r=abc                           | 08P01",
                "SCRAM-SHA-256      | n,,n=                              | 08P01",
                "SCRAM-SHA-256      | n                                  | 08P01",
                "SCRAM-SHA-256      | x,,n=,r=abc                        | 08P01",
                "SCRAM-SHA-256      | n,,n=,r=ab\u0001c                  | 08P01",
            })
    void refusesABadFirstMessage(String mechanism, String message, String code) {
        assertThatThrownBy(() -> new ScramServer(PENCIL, BINDING).begin(mechanism, Bytes.of(message)))
                .asInstanceOf(type(ProtocolViolation.class))
                .returns(new SqlState(code), ProtocolViolation::sqlState);
    }

    @Test
    void refusesAnEmptyFirstMessage() {
        assertThatThrownBy(() -> new ScramServer(PENCIL, null).begin("SCRAM-SHA-256", Bytes.EMPTY))
                .isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void takesAClientThatCouldBindWhenNothingIsOffered() {
        var server = new ScramServer(PENCIL, null, () -> "server");
        assertThat(server.begin("SCRAM-SHA-256", Bytes.of("y,,n=,r=client")).toText())
                .startsWith("r=clientserver,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws",
                "c=biws,r=clientserver",
                "c=biws,r=clientserver,p=",
                "c=biws,r=clientserver,p=AAAA",
                "c=!,r=clientserver,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "c=eSws,r=clientserver,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "c=biws,r=clientother,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "c=biws,r=client,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "c=biws,r=clientserver,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,x=y",
                "c=biws,r=clientserver,xp=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            })
    void refusesABadFinalMessage(String message) {
        var server = new ScramServer(PENCIL, null, () -> "server");
        server.begin("SCRAM-SHA-256", Bytes.of("n,,n=,r=client"));
        assertThatThrownBy(() -> server.finish(Bytes.of(message))).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void passesOverExtensionsItNeedNotKnow() {
        var server = new ScramServer(PENCIL, null, () -> "server");
        server.begin("SCRAM-SHA-256", Bytes.of("n,,n=,r=client,z=more"));
        assertThat(server.finish(Bytes.of("c=biws,r=clientserver,x=y,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")))
                .isEqualTo(new ScramOutcome.Refused());
    }

    @Test
    void provesOverTheBytesOfANameInAnyAlphabet() {
        byte[] latin = "n,,n=gr\u00f6\u00dfe,r=client".getBytes(StandardCharsets.ISO_8859_1);
        var server = new ScramServer(PENCIL, null, () -> "server");
        var challenge = ScramText.read(server.begin("SCRAM-SHA-256", Bytes.copyOf(latin)));
        var withoutProof = "c=biws,r=clientserver";
        var authMessage = "n=gr\u00f6\u00dfe,r=client," + challenge + "," + withoutProof;
        var keys = ProofKeys.of(new Credentials.Password("pencil"), Challenge.parse(challenge, "client", 4096));
        var proof = Base64.getEncoder().encodeToString(keys.proof(authMessage).toArray());
        assertThat(authenticated(server.finish(Bytes.of(withoutProof + ",p=" + proof)))
                        .clientKey()
                        .isDestroyed())
                .isFalse();
    }

    @Test
    void judgesOneAttemptOnly() {
        var server = new ScramServer(PENCIL, null);
        var client = client(new Credentials.Password("pencils"), null);
        login(client, server);
        assertThatThrownBy(() -> server.finish(Bytes.of("c=biws"))).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=other,s=AAAA,i=4096",
                "r=client,s=AAAA,i=4096",
                "r=clientx,s=,i=4096",
                "r=clientx,s=AAAA,i=0",
                "r=clientx,s=AAAA,i=-1",
                "r=clientx,s=AAAA,i=999999999",
                "r=clientx,s=AAAA,i=99999999999",
                "r=clientx,s=!,i=1",
                "r=clientx,i=1,s=AAAA",
            })
    void refusesABadChallenge(String message) {
        var client = ScramClient.start(new Credentials.Password("x"), null, BOTH, () -> "client");
        assertThatThrownBy(() -> client.answer(Bytes.of(message))).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void answersAnyTextWithAViolation() {
        var random = new Random(5);
        var pieces = List.of("n", ",", "=", "r", "c", "p=", "biws", "AAAA", "y,,", "\0", "tls-server-end-point", "v=");
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            fuzz(Bytes.of(text.toString()));
        }
    }

    private static void fuzz(Bytes message) {
        var server = new ScramServer(PENCIL, null, () -> "s");
        try {
            server.begin("SCRAM-SHA-256", message);
        } catch (ProtocolViolation e) {
            server.begin("SCRAM-SHA-256", Bytes.of("n,,n=,r=c"));
        }
        assertThatThrownBy(() -> server.finish(message)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void hidesKeysAndPasswords() {
        var key = new ClientKey(new byte[32]);
        assertThat(new Credentials.Key(key, PENCIL))
                .hasToString("Key[key=ClientKey[***], verifier=ScramVerifier[***]]");
        assertThat(new Credentials.Password("pencil")).hasToString("Password[***]");
        assertThat(new ScramOutcome.Authenticated(Bytes.of("v="), key).toString())
                .contains("***");
    }

    @Test
    void zeroesADestroyedKey() {
        byte[] bytes = {1, 2, 3};
        var key = new ClientKey(bytes);
        var copy = key.copy();
        key.destroy();
        assertThat(bytes).containsOnly(0);
        assertThat(key.isDestroyed()).isTrue();
        assertThatThrownBy(key::storedKey).isInstanceOf(IllegalStateException.class);
        assertThat(copy.bytes()).containsExactly(1, 2, 3);
    }

    private static ScramOutcome login(ScramClient client, ScramServer server) {
        return server.finish(client.answer(server.begin(client.mechanism(), client.first())));
    }

    private static ScramClient client(Credentials credentials, @Nullable ChannelBinding binding) {
        return ScramClient.start(credentials, binding, BOTH);
    }

    private static ScramOutcome.Authenticated authenticated(ScramOutcome outcome) {
        assertThat(outcome).isInstanceOf(ScramOutcome.Authenticated.class);
        return (ScramOutcome.Authenticated) outcome;
    }
}
