package dev.railwaypostgres.playground.simulator.railway;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** What stands before every root field: counting, the faults that wait for it, and the caller's token. */
final class OperationGate {
    private final Counters counters;
    private final Faults faults;

    OperationGate(Counters counters, Faults faults) {
        this.counters = counters;
        this.faults = faults;
    }

    DataFetcher<@Nullable Object> guard(String name, Operation operation) {
        return environment -> {
            counters.count(name);
            var fault = faults.take(name).orElse(null);
            if (fault == null) {
                return operation.run(call(environment));
            }
            return fail(fault, environment, operation);
        };
    }

    private static @Nullable Object fail(Fault fault, DataFetchingEnvironment environment, Operation operation) {
        var isDone =
                switch (fault) {
                    case Fault.Status status -> status.done();
                    case Fault.Hangs hangs -> hangs.done();
                    case Fault.Refusal refusal -> throw ApiException.failure(refusal.message());
                };
        environment.getGraphQlContext().put(Fault.class, fault);
        if (isDone) {
            return operation.run(call(environment));
        }
        throw ApiException.failure("Problem processing request");
    }

    static Call call(DataFetchingEnvironment environment) {
        Row.Token caller = environment.getGraphQlContext().get(Row.Token.class);
        if (caller == null) {
            throw ApiException.notAuthorized();
        }
        return new Call(caller, Arguments.of(environment.getArguments()));
    }
}
