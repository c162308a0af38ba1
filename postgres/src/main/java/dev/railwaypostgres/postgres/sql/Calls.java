package dev.railwaypostgres.postgres.sql;

import org.jspecify.annotations.Nullable;

/** Watches the tokens of a text for calls of functions that may do anything. */
final class Calls {
    private static final String BUILT_IN_SCHEMA = "pg_catalog";

    private @Nullable Token last;
    private @Nullable Token beforeLast;

    /** The last name belongs to a schema that is not the built-in one. */
    private boolean isQualified;

    /** A name that comes now is given to something, or is a table's: a parenthesis behind it holds columns. */
    private boolean isNaming;

    private boolean wasNaming;

    /** The last word begins a statement. */
    private boolean isKeyword;

    private boolean isStart = true;

    /** @return the function's name if the token is the parenthesis of such a call */
    @Nullable
    String calledBy(Token token) {
        var called = token.isSymbol('(') ? called() : null;
        wasNaming = isNaming;
        isNaming = isNamingAfter(token);
        isQualified = isQualifying(last, beforeLast);
        isKeyword = isStart && token.kind() == Token.Kind.WORD;
        isStart = token.isSymbol(';') || (isStart && token.isSymbol('('));
        beforeLast = last;
        last = token;
        return called;
    }

    private @Nullable String called() {
        var name = last;
        if (name == null || !name.isIdentifier() || wasNaming || isKeyword) {
            return null;
        }
        boolean isHarmless = name.kind() == Token.Kind.WORD && !isQualified && HarmlessCalls.contains(name.text());
        return isHarmless ? null : name.text();
    }

    /** The name that comes now is one of another schema's. */
    private static boolean isQualifying(@Nullable Token dot, @Nullable Token schema) {
        return dot != null && dot.isSymbol('.') && schema != null && !schema.is(BUILT_IN_SCHEMA);
    }

    private boolean isNamingAfter(Token token) {
        return switch (token.kind()) {
            case WORD -> introducesName(token.text()) || (isNaming && !HarmlessCalls.contains(token.text()));
            case NAME -> isNaming;
            case SYMBOL -> token.isSymbol(')') || (isNaming && token.isSymbol('.'));
            case STRING, CODED_STRING, NUMBER -> false;
        };
    }

    static boolean introducesName(String word) {
        return switch (word) {
            case "into", "table", "as", "with", "references" -> true;
            default -> false;
        };
    }
}
