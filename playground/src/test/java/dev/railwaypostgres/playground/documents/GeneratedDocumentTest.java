package dev.railwaypostgres.playground.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.operator.OperatorConfig;
import dev.railwaypostgres.operator.status.Reason;
import dev.railwaypostgres.playground.Repository;
import dev.railwaypostgres.playground.drivers.DriverTables;
import dev.railwaypostgres.proxy.ProxyChoice;
import dev.railwaypostgres.proxy.ProxyConfig;
import dev.railwaypostgres.proxy.standalone.StandaloneFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratedDocumentTest {
    private static final Path CRD = Repository.path("crds/serverlessdatabases.railway-postgres.dev.yaml");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)[^)]*\\)");

    @Test
    void theApiIsDescribedAsItIs() throws IOException {
        compare("docs/api.md", "spec", FieldTable.of(CRD, "spec"));
        compare("docs/api.md", "status", FieldTable.of(CRD, "status"));
        compare("docs/api.md", "reasons", reasons());
    }

    @Test
    void theSettingsAreDescribedAsTheyAre() throws IOException {
        compare("docs/configuration.md", "operator", Document.escaped(OperatorConfig.table()));
        compare("docs/configuration.md", "proxy", Document.escaped(ProxyConfig.table()));
        compare("docs/standalone.md", "variables", Document.escaped(ProxyChoice.table()));
        compare("docs/standalone.md", "settings", Document.escaped(StandaloneFile.table()));
    }

    @Test
    void theDriversAreDescribedAsTheyAreTried() throws IOException {
        compare("docs/drivers.md", "steps", DriverTables.steps());
        compare("docs/drivers.md", "drivers", DriverTables.drivers());
        compare("docs/drivers.md", "failures", DriverTables.knownFailures());
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            LINK.matcher(Files.readString(document))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !Files.exists(document.resolveSibling(target)))
                    .forEach(target -> broken.add(Repository.path("").relativize(document) + " -> " + target));
        }
        assertThat(broken).isEmpty();
    }

    private static void compare(String document, String part, String expected) throws IOException {
        Document committed = Document.named(document);
        if (Boolean.getBoolean("docs.write")) {
            committed.write(part, expected);
        }
        assertThat(committed.part(part)).as("run: ./run docs").isEqualTo(expected);
    }

    private static String reasons() {
        return Arrays.stream(Reason.values())
                .map(reason -> "| `%s` | %s |\n".formatted(reason, reason.meaning()))
                .collect(Collectors.joining("", "| reason | |\n|---|---|\n", ""));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(Repository.path(""));
                Stream<Path> docs = Files.walk(Repository.path("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
