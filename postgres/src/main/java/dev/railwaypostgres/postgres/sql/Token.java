package dev.railwaypostgres.postgres.sql;

/**
 * A piece of a statement's text.
 *
 * @param text of a word in lower case, of a name or a string without its quotes
 * @param start and {@code end}: where it stands in the source
 */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        WORD,
        /** A name in double quotes. */
        NAME,
        STRING,
        /** A string with escapes, bits or another alphabet: its text is left alone. */
        CODED_STRING,
        NUMBER,
        SYMBOL
    }

    boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    boolean isIdentifier() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }
}
