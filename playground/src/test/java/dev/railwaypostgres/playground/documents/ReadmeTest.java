package dev.railwaypostgres.playground.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.proxy.settings.Problems;
import dev.railwaypostgres.proxy.settings.SettingsFile;
import dev.railwaypostgres.proxy.standalone.StandaloneFile;
import dev.railwaypostgres.proxy.standalone.StandaloneSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Pattern SETTINGS = Pattern.compile("```yaml\n(stateFolder: .*?)```", Pattern.DOTALL);

    @Test
    void showsSettingsOfAProxyThatCanBeUsedAsTheyAre() throws IOException {
        var readme = SETTINGS.matcher(Files.readString(Repository.path("README.md")));
        assertThat(readme.find()).isTrue();
        var environment = Map.of(
                "RAILWAY_TOKEN", "t-1",
                "DATABASE_URL", "postgresql://postgres:secret@postgres.railway.internal:5432/railway");
        var problems = new Problems();

        var settings = StandaloneFile.read(new SettingsFile("README.md", environment, problems).read(readme.group(1)));

        problems.end();
        assertThat(settings.databases())
                .extracting(StandaloneSettings.Database::service)
                .containsExactly("Postgres");
    }
}
