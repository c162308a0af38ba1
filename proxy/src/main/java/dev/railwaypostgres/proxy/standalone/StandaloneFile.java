package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.proxy.settings.Section;
import dev.railwaypostgres.proxy.settings.Setting;
import dev.railwaypostgres.proxy.standalone.StandaloneSettings.Database;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a settings file to its records. */
public final class StandaloneFile {
    private static final Setting<Path> STATE_FOLDER = Setting.optional(
            "stateFolder",
            Path::of,
            "Folder that outlives the process, such as a volume. Roles' verifiers are kept there, so that clients can log"
                    + " in to a sleeping database after a restart. Absent: the first login then wakes it.");

    private StandaloneFile() {}

    /**
     * What is given back counts only if no problem was found.
     *
     * @param file of which the proxy's own settings have been taken already
     */
    public static StandaloneSettings read(Section file) {
        var sections = file.sections("databases");
        var databases = sections.stream()
                .map(section -> DatabaseSection.read(section, sections.size() == 1))
                .toList();
        if (databases.isEmpty()) {
            file.problem("there are no databases");
        }
        refuseTwice(sections, databases, Database::name, "another database has the same name");
        refuseTwice(sections, databases, Database::service, "another database has the same service");
        var settings = new StandaloneSettings(
                file.find(STATE_FOLDER), RailwaySection.read(file.section("railway")), databases);
        file.refuseOthers();
        return settings;
    }

    private static void refuseTwice(
            List<Section> sections, List<Database> databases, Function<Database, String> value, String sentence) {
        var seen = new HashSet<String>();
        for (int i = 0; i < databases.size(); i++) {
            var text = value.apply(databases.get(i));
            if (!text.isEmpty() && !seen.add(text)) {
                sections.get(i).problem(sentence);
            }
        }
    }

    /** All keys but the proxy's own settings as a Markdown table, for the manual. */
    public static String table() {
        return Stream.of(
                        rows("", List.of(STATE_FOLDER)),
                        rows("railway.", RailwaySection.KEYS),
                        rows("databases[].", DatabaseSection.KEYS),
                        rows("databases[].suspend.", SuspendSection.KEYS),
                        rows("databases[].suspend.ignore.", SuspendSection.KEYS_OF_IGNORE),
                        rows("databases[].pooling.", PoolingSection.KEYS),
                        rows("databases[].pooling.roles[].", PoolingSection.KEYS_OF_ROLES))
                .collect(Collectors.joining("", "| key | default | meaning |%n|---|---|---|%n".formatted(), ""));
    }

    private static String rows(String section, List<Setting<?>> keys) {
        return keys.stream().map(key -> key.row(section + key.name())).collect(Collectors.joining());
    }
}
