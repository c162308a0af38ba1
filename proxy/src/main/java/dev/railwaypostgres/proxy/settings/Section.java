package dev.railwaypostgres.proxy.settings;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Keys with values in a settings file. Each key that is known is asked for once; {@link #refuseOthers()} tells of the rest.
 * Values that are given back count only if no problem was found.
 */
public final class Section {
    private final SettingsFile file;
    private final String path;
    private final int line;
    private final Map<String, Entry> left = new LinkedHashMap<>();

    Section(SettingsFile file, String path, int line, List<NodeTuple> entries) {
        this.file = file;
        this.path = path;
        this.line = line;
        entries.forEach(this::add);
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            new Entry(file, path, tuple.getKeyNode()).problem("a key has to be a word");
            return;
        }
        var entry = new Entry(file, path(key.getValue()), tuple.getValueNode());
        if (left.put(key.getValue(), entry) != null) {
            entry.problem("stands here twice");
        }
    }

    public void problem(String sentence) {
        file.problem(file.where(path, line), sentence);
    }

    public <T> @Nullable T find(Setting<T> setting) {
        var entry = take(setting.name());
        return entry.isEmpty() ? absent(setting) : value(setting, entry.get().text());
    }

    public <T> T get(Setting<T> setting, T ifBroken) {
        return Objects.requireNonNullElse(find(setting), ifBroken);
    }

    /** A value that must stand elsewhere. */
    public <T> @Nullable T findSecret(Setting<T> setting) {
        return value(setting, takeOrMiss(setting).flatMap(Entry::secret));
    }

    /** Where a value stands that must stand elsewhere, for one that may change there later. Now it has to be good, too. */
    public @Nullable Reference findReference(Setting<?> setting) {
        var entry = takeOrMiss(setting);
        var value =
                entry.flatMap(Entry::secret).flatMap(given -> file.problems().parse(setting, given));
        return value.isEmpty() ? null : entry.flatMap(Entry::secretReference).orElse(null);
    }

    /** All values of a list. */
    public <T> List<T> findAll(Setting<T> setting, List<T> usual) {
        var list = take(setting.name());
        return list.isEmpty() ? usual : values(setting, list.get());
    }

    private <T> List<T> values(Setting<T> setting, Entry list) {
        return list.items().stream()
                .flatMap(item -> item.text().stream())
                .flatMap(given -> file.problems().parse(setting, given).stream())
                .toList();
    }

    /** The section under that key; an empty one if it is not there. */
    public Section section(String key) {
        return take(key).map(Entry::section).orElseGet(() -> new Section(file, path(key), line, List.of()));
    }

    /** The list of sections under that key; empty if it is not there. */
    public List<Section> sections(String key) {
        return take(key).map(Entry::items).orElse(List.of()).stream()
                .map(Entry::section)
                .toList();
    }

    /** What is said here of settings that are environment variables elsewhere, by the names of these. */
    public Map<String, Given> variables(List<Setting<?>> settings) {
        var given = new HashMap<String, Given>();
        for (var setting : settings) {
            take(setting.key()).flatMap(Entry::text).ifPresent(text -> given.put(setting.name(), text));
        }
        return given;
    }

    /** Whatever has not been asked for is not known. */
    public void refuseOthers() {
        left.values().forEach(entry -> entry.problem("there is no such setting"));
        left.clear();
    }

    private <T> @Nullable T value(Setting<T> setting, Optional<Given> given) {
        return given.flatMap(text -> file.problems().parse(setting, text)).orElse(null);
    }

    private Optional<Entry> takeOrMiss(Setting<?> setting) {
        var entry = take(setting.name());
        if (entry.isEmpty()) {
            var _ = absent(setting);
        }
        return entry;
    }

    private Optional<Entry> take(String key) {
        return Optional.ofNullable(left.remove(key));
    }

    private <T> @Nullable T absent(Setting<T> setting) {
        var usual = setting.defaultText();
        if (setting.isRequired()) {
            file.problem(file.where(path(setting.name()), line), "is not set: " + setting.meaning());
        }
        return usual == null ? null : setting.parser().apply(usual);
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
