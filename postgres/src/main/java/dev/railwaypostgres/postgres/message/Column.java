package dev.railwaypostgres.postgres.message;

/**
 * One column of a result.
 *
 * @param table object id and {@code attribute} number of the table's column it comes from; 0 for an expression
 * @param type object id; {@code typeSize} in bytes, negative when it varies; {@code typeModifier} -1 for none
 */
public record Column(
        String name, int table, short attribute, int type, short typeSize, int typeModifier, Format format) {

    /** The object id of {@code text}. */
    public static final int TEXT_TYPE = 25;

    public static final int INTEGER_TYPE = 23;

    /** A column of type {@code text} that belongs to no table: how {@code SHOW} answers. */
    public static Column text(String name) {
        return new Column(name, 0, (short) 0, TEXT_TYPE, (short) -1, -1, Format.TEXT);
    }

    /** The same column, with its values written otherwise. */
    public Column in(Format other) {
        return new Column(name, table, attribute, type, typeSize, typeModifier, other);
    }

    /** A column of type {@code integer} that belongs to no table. */
    public static Column integer(String name) {
        return new Column(name, 0, (short) 0, INTEGER_TYPE, (short) Integer.BYTES, -1, Format.TEXT);
    }
}
