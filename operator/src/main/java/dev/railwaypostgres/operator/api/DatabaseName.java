package dev.railwaypostgres.operator.api;

/** The name of a database in its namespace. */
record DatabaseName(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
