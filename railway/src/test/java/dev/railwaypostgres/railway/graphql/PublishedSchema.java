package dev.railwaypostgres.railway.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.GraphQLContext;
import graphql.execution.RawVariables;
import graphql.execution.ValuesResolver;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.MockedWiringFactory;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarWiringEnvironment;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A schema as Railway, or the simulator, published it: the judge of all that we say. */
record PublishedSchema(String name, GraphQLSchema schema) {
    private static final Path REPOSITORY = repository();
    private static final Path SIMULATOR = REPOSITORY.resolve(
            "playground/src/main/resources/dev/railwaypostgres/playground/simulator/railway/schema.graphqls");
    private static final Path COMPLETE = REPOSITORY.resolve("../shared/railway/schema.graphql");
    private static final List<PublishedSchema> ALL = Files.exists(COMPLETE)
            ? List.of(read("simulator", SIMULATOR), read("complete", COMPLETE))
            : List.of(read("simulator", SIMULATOR));

    /** The simulator's part of Railway's schema; and the complete one where there is a copy of it. */
    static List<PublishedSchema> all() {
        return ALL;
    }

    List<ValidationError> check(Operation<?> operation) {
        return new Validator().validateDocument(schema, parse(operation), Locale.ROOT);
    }

    /** Fails when the schema does not take the variables. */
    void checkVariables(Operation<?> operation, JsonNode variables) {
        OperationDefinition definition =
                parse(operation).getDefinitionsOfType(OperationDefinition.class).getFirst();
        @SuppressWarnings("unchecked")
        Map<String, Object> raw = Json.MAPPER.convertValue(variables, Map.class);
        ValuesResolver.coerceVariableValues(
                schema,
                definition.getVariableDefinitions(),
                RawVariables.of(raw),
                GraphQLContext.getDefault(),
                Locale.ROOT);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Document parse(Operation<?> operation) {
        return Parser.parse(operation.document());
    }

    private static PublishedSchema read(String name, Path file) {
        try {
            RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                    .wiringFactory(new AnyScalar())
                    .build();
            return new PublishedSchema(
                    name,
                    new SchemaGenerator()
                            .makeExecutableSchema(new SchemaParser().parse(Files.readString(file)), wiring));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("playground/src"))) {
            folder = Objects.requireNonNull(folder.getParent(), "Not inside the repository");
        }
        return folder;
    }

    /** Takes whatever a scalar is given. */
    private static final class AnyScalar extends MockedWiringFactory {
        @Override
        public GraphQLScalarType getScalar(ScalarWiringEnvironment environment) {
            return GraphQLScalarType.newScalar()
                    .name(environment.getScalarTypeDefinition().getName())
                    .coercing(new Coercing<Object, Object>() {
                        @Override
                        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
                            return input;
                        }
                    })
                    .build();
        }
    }
}
