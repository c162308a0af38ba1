package dev.railwaypostgres.proxy.settings;

import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Settings in YAML. What is wrong is told with its line; what is not known is refused. */
public final class SettingsFile {
    private static final LoadSettings YAML =
            LoadSettings.builder().setUseMarks(true).build();

    private final String name;
    private final Map<String, String> environment;
    private final Problems problems;

    /**
     * @param name of the file, for problems
     * @param environment whose variables the file may refer to
     */
    public SettingsFile(String name, Map<String, String> environment, Problems problems) {
        this.name = name;
        this.environment = environment;
        this.problems = problems;
    }

    /** The whole file; an empty section if it cannot be read. */
    public Section read(String text) {
        try {
            return new Compose(YAML)
                    .composeString(text)
                    .map(node -> new Entry(this, "", node).section())
                    .orElseGet(this::empty);
        } catch (MarkedYamlEngineException e) {
            // Not the lines around it: there may be a secret in them that should not be there.
            problem(where("", e.getProblemMark().map(Mark::getLine).orElse(0) + 1), e.getProblem());
        } catch (YamlEngineException _) {
            problem(where("", 1), "this is no YAML");
        }
        return empty();
    }

    private Section empty() {
        return new Section(this, "", 1, List.of());
    }

    Problems problems() {
        return problems;
    }

    Map<String, String> environment() {
        return environment;
    }

    void problem(String where, String sentence) {
        problems.add(where + ": " + sentence);
    }

    String where(String path, int line) {
        return path.isEmpty() ? name + ":" + line : name + ":" + line + ": " + path;
    }

    /** From 1. */
    static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
