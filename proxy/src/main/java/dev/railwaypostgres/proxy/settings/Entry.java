package dev.railwaypostgres.proxy.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What stands under one key of a settings file. Each way to take it says what is wrong when it is something else.
 *
 * @param path of keys, {@code databases[0].service}
 */
record Entry(SettingsFile file, String path, Node node) {
    /** A text that stands here, or where a reference leads. */
    Optional<Given> text() {
        return switch (node) {
            case ScalarNode scalar when scalar.getValue().isBlank() -> nothing("has no value");
            case ScalarNode scalar -> Optional.of(new Given(scalar.getValue().strip(), where(), false));
            case MappingNode _ -> reference().flatMap(this::resolved);
            default -> nothing("expected one value");
        };
    }

    /** A text that does not stand here. */
    Optional<Given> secret() {
        return secretReference().flatMap(this::resolved);
    }

    Optional<Reference> secretReference() {
        return node instanceof MappingNode
                ? reference()
                : nothing("is a secret and does not belong in here: write {env: VARIABLE} or {file: PATH}");
    }

    Section section() {
        if (node instanceof MappingNode mapping) {
            return new Section(file, path, line(), mapping.getValue());
        }
        problem("expected keys with values");
        return new Section(file, path, line(), List.of());
    }

    List<Entry> items() {
        if (!(node instanceof SequenceNode sequence)) {
            problem("expected a list");
            return List.of();
        }
        var nodes = sequence.getValue();
        return IntStream.range(0, nodes.size())
                .mapToObj(i -> new Entry(file, path + "[" + i + "]", nodes.get(i)))
                .toList();
    }

    void problem(String sentence) {
        file.problem(where(), sentence);
    }

    String where() {
        return file.where(path, line());
    }

    private int line() {
        return SettingsFile.line(node);
    }

    private Optional<Reference> reference() {
        var section = section();
        var to = Optional.ofNullable(section.find(Reference.VARIABLE))
                .<Reference>map(Reference.Variable::new)
                .or(() -> Optional.ofNullable(section.find(Reference.FILE)).map(Reference.Content::new));
        section.refuseOthers();
        return to.isPresent() ? to : nothing("expected {env: VARIABLE} or {file: PATH}");
    }

    private Optional<Given> resolved(Reference to) {
        try {
            return Optional.of(new Given(to.read(file.environment()), where(), true));
        } catch (IllegalArgumentException e) {
            return nothing(Objects.requireNonNull(e.getMessage()));
        }
    }

    private <T> Optional<T> nothing(String why) {
        problem(why);
        return Optional.empty();
    }
}
