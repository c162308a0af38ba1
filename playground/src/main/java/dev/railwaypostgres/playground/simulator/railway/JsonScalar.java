package dev.railwaypostgres.playground.simulator.railway;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A scalar that takes any JSON and gives it back: several of Railway's types are that and no more. */
final class JsonScalar implements Coercing<Object, Object> {
    private JsonScalar() {}

    static GraphQLScalarType named(String name) {
        return GraphQLScalarType.newScalar()
                .name(name)
                .coercing(new JsonScalar())
                .build();
    }

    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
        return value;
    }

    @Override
    public Object parseValue(Object value, GraphQLContext context, Locale locale) {
        return value;
    }

    @Override
    public @Nullable Object parseLiteral(
            Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
        return switch (literal) {
            case StringValue text -> text.getValue();
            case BooleanValue flag -> flag.isValue();
            case IntValue number -> number.getValue();
            case FloatValue number -> number.getValue();
            case EnumValue name -> name.getName();
            case VariableReference reference -> variables.get(reference.getName());
            case ArrayValue list ->
                list.getValues().stream()
                        .map(value -> parseLiteral(value, variables, context, locale))
                        .toList();
            case ObjectValue object -> {
                var fields = new LinkedHashMap<String, @Nullable Object>();
                object.getObjectFields()
                        .forEach(field -> fields.put(
                                field.getName(), parseLiteral(field.getValue(), variables, context, locale)));
                yield fields;
            }
            default -> null;
        };
    }
}
