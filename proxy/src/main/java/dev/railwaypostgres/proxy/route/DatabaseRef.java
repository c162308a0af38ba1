package dev.railwaypostgres.proxy.route;

/** Names one {@code ServerlessDatabase} resource. */
public record DatabaseRef(String namespace, String name) {
    /** The name that clients route by, unique in the cluster. */
    public String endpoint() {
        return name + "-" + namespace;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
