package dev.railwaypostgres.operator.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.sleep.compute.Password;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminSecretTest {
    private final AdminSecret secret = AdminSecret.complete(Map.of());

    @Test
    void makesPasswordsThatNobodyGuesses() {
        assertThat(secret.admin().value()).hasSize(43);
        assertThat(secret.owner().value())
                .hasSize(43)
                .isNotEqualTo(secret.admin().value());
        assertThat(AdminSecret.complete(Map.of()).admin()).isNotEqualTo(secret.admin());
    }

    @Test
    void makesVerifiersOfThePasswords() {
        assertThat(opens(secret.admin(), secret.adminVerifier())).isTrue();
        assertThat(opens(secret.owner(), secret.ownerVerifier())).isTrue();
    }

    @Test
    void isReadAsItWasWritten() {
        assertThat(AdminSecret.from(secret.entries())).contains(secret);
    }

    @Test
    void isNotThereWhenAnEntryIsMissing() {
        var entries = new HashMap<>(secret.entries());
        entries.remove("owner-password");

        assertThat(AdminSecret.from(entries)).isEmpty();
    }

    @Test
    void keepsAPasswordInUseWhenItsVerifierIsLost() {
        var entries = new HashMap<>(secret.entries());
        entries.remove("verifier");

        var mended = AdminSecret.complete(entries);

        assertThat(mended.admin()).isEqualTo(secret.admin());
        assertThat(mended.ownerVerifier()).isEqualTo(secret.ownerVerifier());
        assertThat(opens(mended.admin(), mended.adminVerifier())).isTrue();
    }

    @Test
    void makesANewVerifierForANewPassword() {
        var entries = new HashMap<>(secret.entries());
        entries.remove("password");

        var mended = AdminSecret.complete(entries);

        assertThat(mended.admin()).isNotEqualTo(secret.admin());
        assertThat(opens(mended.admin(), mended.adminVerifier())).isTrue();
    }

    @Test
    void showsNothing() {
        assertThat(secret).hasToString("AdminSecret[***]");
        assertThat(secret.credentials()).hasToString("Credentials[***]");
    }

    private static boolean opens(Password password, String verifier) {
        var known = ScramVerifier.parse(verifier);
        return ScramVerifier.ofPassword(password.value(), known.iterations(), known.salt())
                .equals(known);
    }
}
