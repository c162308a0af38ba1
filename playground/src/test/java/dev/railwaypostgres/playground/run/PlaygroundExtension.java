package dev.railwaypostgres.playground.run;

import dev.railwaypostgres.playground.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test a {@link Stage}: the playground is started for the first that asks and stopped after the last. */
public final class PlaygroundExtension implements ParameterResolver {
    private static final Namespace STORE = Namespace.create(PlaygroundExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Stage resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var playground =
                context.getRoot().getStore(STORE).computeIfAbsent(Playground.class, _ -> start(), Playground.class);
        var namespace = "test-" + UUID.randomUUID().toString().substring(0, 8);
        playground.kubectl().run("create", "namespace", namespace);
        return new Stage(playground, namespace);
    }

    static Playground start() {
        return start(freshHome());
    }

    static Playground start(Path home) {
        return Playground.start(config(home), new Progress(System.out));
    }

    static PlaygroundConfig config(Path home) {
        return new PlaygroundConfig(Repository.path(""), home, Optional.empty(), Tempo.FAST);
    }

    private static Path freshHome() {
        try {
            var parent = Files.createDirectories(Path.of("target", "playgrounds"));
            return Files.createTempDirectory(parent, "run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
