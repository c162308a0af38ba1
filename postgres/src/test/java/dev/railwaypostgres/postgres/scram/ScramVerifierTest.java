package dev.railwaypostgres.postgres.scram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.railwaypostgres.postgres.Bytes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramVerifierTest {
    private static final String PENCIL =
            "SCRAM-SHA-256$4096:VvMS+g3Sw0uoTpZZzeYsww==$HsYBsGQ/ngBI4jjp2R69M8Xv4nATDulOhpAw45+zxI0="
                    + ":whtZM7ptQGOfoJALv9ZjL/EIhl7lta1Kzz2GNCy2GIo=";

    /** Written by Postgres 17. The spaces, hyphens, letters and emoji are those that SASLprep maps, keeps or forbids. */
    static Stream<Arguments> storedByPostgres() {
        return Stream.of(
                arguments("pencil", PENCIL),
                arguments(
                        "p\u00e4ss\u00adw\u2168rd\u00a0x",
                        "SCRAM-SHA-256$100:gTYe+X3EntbxbbcdGSphmg==$nNuSttqXaApBKuRB6ofq67SZ3xbCg5sA6YEnWX6JzEU="
                                + ":OqyVtmcAx9Hh95qcZ0ajSXvwrMLygazjPZnVAFXV6fk="),
                arguments(
                        "bad\u0007bell\u00a0",
                        "SCRAM-SHA-256$100:i8veIDlQV81qVYL9CBFgiQ==$RdExaq+yBP61M8J996sv5lvBsSLBatO8RGZPRH10mvc="
                                + ":YqttLvYBDe444YyeiImyuafFSoqUqx0Y+xe20YNHWmA="),
                arguments(
                        "\u06271",
                        "SCRAM-SHA-256$100:q5q4ipdYq3ERTgHAXav3tg==$8w1xgPV4zqhUkn9enEXa3rFEFMbKD/IHpR7BR/bJPeo="
                                + ":R3djmXqtxSaZhjcgPapoTN9Q4Z7YDBf8LsaM3toWVfI="),
                arguments(
                        "A\u030a \ufb01 \ud83d\ude00",
                        "SCRAM-SHA-256$100:olPomoxFjhuvXV2iHvi9+g==$WLMNGrk6nFYvZqeKk0DygQC64uStdtIhH63vfu75YIg="
                                + ":grwtGmQzQ7eNYr1WcJUBmcaz69IImeDxn8pU/oxPxow="),
                arguments(
                        "\u0221x",
                        "SCRAM-SHA-256$100:PSBA5X4X08RrNOec1hVxrg==$egVNWCg7U10YnLURn42c4fQ0TfNyuDyRs3Uy/9h6vo4="
                                + ":sJ6gwLqa4l5rxpZhuM69lV51CdNwB7QTqYzkTejDSxQ="));
    }

    @ParameterizedTest
    @MethodSource("storedByPostgres")
    void makesTheVerifierThatPostgresMakes(String password, String verifier) {
        var stored = ScramVerifier.parse(verifier);
        assertThat(ScramVerifier.ofPassword(password, stored.iterations(), stored.salt()))
                .isEqualTo(stored);
    }

    @Test
    void writesWhatItReads() {
        assertThat(ScramVerifier.parse(PENCIL).encoded()).isEqualTo(PENCIL);
    }

    @Test
    void saltsEachVerifierAnew() {
        var first = ScramVerifier.ofPassword("pencil");
        assertThat(first.iterations()).isEqualTo(4096);
        assertThat(first.salt().length()).isEqualTo(16);
        assertThat(ScramVerifier.ofPassword("pencil").salt()).isNotEqualTo(first.salt());
        assertThat(ScramVerifier.parse(first.encoded())).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pencil",
                "md5d8578edf8458ce06fbc5bb76a58c5ca4",
                "SCRAM-SHA-256$4096:VvMS+g3Sw0uoTpZZzeYsww==$HsYBsGQ=:whtZM7ptQGOfoJALv9ZjL/EIhl7lta1Kzz2GNCy2GIo=",
                "SCRAM-SHA-256$0:VvMS+g3Sw0uoTpZZzeYsww==$HsYBsGQ/ngBI4jjp2R69M8Xv4nATDulOhpAw45+zxI0=:whtZM7ptQGOfoJALv9ZjL/EIhl7lta1Kzz2GNCy2GIo=",
                "SCRAM-SHA-256$9999999999:VvMS+g3Sw0uoTpZZzeYsww==$HsYBsGQ/ngBI4jjp2R69M8Xv4nATDulOhpAw45+zxI0=:whtZM7ptQGOfoJALv9ZjL/EIhl7lta1Kzz2GNCy2GIo=",
                "SCRAM-SHA-256$4096:!!!$HsYBsGQ/ngBI4jjp2R69M8Xv4nATDulOhpAw45+zxI0=:whtZM7ptQGOfoJALv9ZjL/EIhl7lta1Kzz2GNCy2GIo=",
            })
    void refusesOtherTextWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> ScramVerifier.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a SCRAM-SHA-256 verifier");
    }

    @Test
    void standsInForAnUnknownRoleAlwaysTheSameWay() {
        var secret = Bytes.of("secret");
        assertThat(ScramVerifier.mock("ghost", secret)).isEqualTo(ScramVerifier.mock("ghost", secret));
        assertThat(ScramVerifier.mock("ghost", secret).salt())
                .isNotEqualTo(ScramVerifier.mock("other", secret).salt());
        assertThat(ScramVerifier.mock("ghost", secret).encoded())
                .hasSameSizeAs(ScramVerifier.ofPassword("x").encoded());
    }

    @Test
    void showsNoSecret() {
        assertThat(ScramVerifier.parse(PENCIL)).hasToString("ScramVerifier[***]");
    }
}
