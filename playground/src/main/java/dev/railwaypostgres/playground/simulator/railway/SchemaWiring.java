package dev.railwaypostgres.playground.simulator.railway;

import graphql.GraphQL;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.TypeRuntimeWiring;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds the schema text to the operations. A root field without an operation fails here, at the start. */
final class SchemaWiring {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaWiring.class);
    private static final List<String> JSON_SCALARS = List.of(
            "DateTime",
            "DeploymentDiagnosis",
            "DeploymentMeta",
            "EnvironmentConfig",
            "EnvironmentVariables",
            "JSON",
            "ServiceInstanceLimit");

    private final Platform platform;
    private final OperationGate gate;

    SchemaWiring(Platform platform, OperationGate gate) {
        this.platform = platform;
        this.gate = gate;
    }

    GraphQL build(Map<String, Operation> operations) {
        var schemaText = parse();
        var wiring = RuntimeWiring.newRuntimeWiring();
        JSON_SCALARS.forEach(name -> wiring.scalar(JsonScalar.named(name)));
        wiring.type("Node", type -> type.typeResolver(_ -> null));
        wiring.type(
                "Environment",
                type -> type.dataFetcher("serviceInstances", page(platform.views()::instances))
                        .dataFetcher("volumeInstances", page(platform.views()::volumeInstances))
                        .dataFetcher("deployments", page(platform.views()::deployments)));
        wiring.type(
                "Subscription",
                type -> type.dataFetcher("deployment", new DeploymentSubscription(platform, gate).fetcher()));
        for (var root : List.of("Query", "Mutation")) {
            wiring.type(root, type -> guarded(type, names(schemaText, root), operations));
        }
        var schema = new SchemaGenerator().makeExecutableSchema(schemaText, wiring.build());
        return GraphQL.newGraphQL(schema)
                .defaultDataFetcherExceptionHandler(failures())
                .build();
    }

    private TypeRuntimeWiring.Builder guarded(
            TypeRuntimeWiring.Builder type, List<String> names, Map<String, Operation> operations) {
        for (var name : names) {
            type.dataFetcher(name, gate.guard(name, Objects.requireNonNull(operations.get(name), name)));
        }
        return type;
    }

    private static List<String> names(TypeDefinitionRegistry schemaText, String root) {
        return schemaText.types().get(root) instanceof ObjectTypeDefinition type
                ? type.getFieldDefinitions().stream()
                        .map(FieldDefinition::getName)
                        .toList()
                : List.of();
    }

    private DataFetcher<Object> page(BiFunction<State, String, Stream<Map<String, @Nullable Object>>> list) {
        return environment -> {
            Map<String, Object> source = Objects.requireNonNull(environment.getSource());
            var id = String.valueOf(source.get("id"));
            var nodes = platform.world().read(state -> list.apply(state, id).toList());
            return Connections.page(nodes, Arguments.of(environment.getArguments()));
        };
    }

    private static DataFetcherExceptionHandler failures() {
        return parameters -> {
            var error = GraphqlErrorBuilder.newError(parameters.getDataFetchingEnvironment());
            if (parameters.getException() instanceof ApiException refusal) {
                error.message(escaped(refusal)).extensions(Map.of("code", refusal.code()));
            } else {
                LOG.atError().setCause(parameters.getException()).log("The simulator itself failed");
                error.message("Problem processing request").extensions(Map.of("code", "INTERNAL_SERVER_ERROR"));
            }
            var result =
                    DataFetcherExceptionHandlerResult.newResult(error.build()).build();
            return CompletableFuture.completedFuture(result);
        };
    }

    /** The builder takes a format. */
    private static String escaped(ApiException refusal) {
        return String.valueOf(refusal.getMessage()).replace("%", "%%");
    }

    private static TypeDefinitionRegistry parse() {
        try (var text = SchemaWiring.class.getResourceAsStream("schema.graphqls")) {
            return new SchemaParser()
                    .parse(new InputStreamReader(Objects.requireNonNull(text), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
