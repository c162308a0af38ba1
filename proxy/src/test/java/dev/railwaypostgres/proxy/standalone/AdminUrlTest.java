package dev.railwaypostgres.proxy.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.sleep.compute.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminUrlTest {
    @Test
    void readsWhatRailwayGives() {
        assertThat(AdminUrl.parse("postgresql://postgres:aB3@postgres.railway.internal:5432/railway"))
                .isEqualTo(new AdminUrl("postgres.railway.internal", 5432, "postgres", new Password("aB3"), "railway"));
    }

    @Test
    void decodesWhatIsEncodedAndLeavesPlusSigns() {
        var url = AdminUrl.parse("postgres://me%40home:p%2Fw+d%3A@[::1]/my%20data?sslmode=disable");

        assertThat(url).isEqualTo(new AdminUrl("::1", 5432, "me@home", new Password("p/w+d:"), "my data"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "mysql://postgres:secret@host/db",
                "postgres://postgres@host/db",
                "postgres://postgres:secret@host",
                "postgres://postgres:secret@host/",
                "postgres://postgres:sec ret@host/db",
                "postgres:///db"
            })
    void refusesOthersWithoutShowingThem(String text) {
        assertThatThrownBy(() -> AdminUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("sec");
    }

    @Test
    void neverShowsItsPassword() {
        assertThat(AdminUrl.parse("postgres://postgres:secret@host/db").toString())
                .doesNotContain("secret");
    }
}
