package dev.railwaypostgres.railway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperationDocumentsTest {
    @ParameterizedTest
    @MethodSource("schemas")
    void fitTheSchema(PublishedSchema schema) {
        for (Operation<?> operation : operations()) {
            assertThat(schema.check(operation)).as(operation.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void wouldBeRefusedWithAnUnknownField(PublishedSchema schema) {
        Operation<?> regions = Operations.REGIONS;
        Operation<?> wrong = new Operation<>(
                "Wrong", regions.document().replace("location", "weather"), regions.effect(), regions.answer());

        assertThat(schema.check(wrong)).hasSize(1);
    }

    @Test
    void areAllInUse() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(Operation.class.getResource("Regions.graphql"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()).resolveSibling("."))) {
            assertThat(operations().stream().map(operation -> operation.name() + ".graphql"))
                    .containsExactlyInAnyOrderElementsOf(files.map(Path::getFileName)
                            .map(Path::toString)
                            .filter(name -> name.endsWith(".graphql"))
                            .toList());
        }
    }

    @Test
    void areNamedLikeTheirOperation() {
        assertThat(operations())
                .allSatisfy(operation -> assertThat(operation.document())
                        .containsPattern("^(query|mutation|subscription) " + operation.name() + "\\b"));
    }

    @Test
    void areRepeatedOnlyWhenTheyAsk() {
        assertThat(operations())
                .allSatisfy(operation -> assertThat(operation.effect() == Operation.Effect.READ)
                        .as(operation.name())
                        .isEqualTo(!operation.document().startsWith("mutation")));
    }

    static List<PublishedSchema> schemas() {
        return PublishedSchema.all();
    }

    static List<Operation<?>> operations() {
        List<Operation<?>> all = new ArrayList<>();
        for (Field field : Operations.class.getDeclaredFields()) {
            try {
                if (field.get(null) instanceof Operation<?> operation) {
                    all.add(operation);
                }
            } catch (IllegalAccessException hidden) {
                throw new IllegalStateException(hidden);
            }
        }
        return all;
    }
}
