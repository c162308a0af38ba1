package dev.railwaypostgres.operator.database;

/**
 * Which database.
 *
 * @param generation of the spec that is looked at
 */
public record DatabaseRef(String namespace, String name, String uid, long generation) {
    private static final int NAME_LENGTH = 20;
    private static final int UID_LENGTH = 8;

    /**
     * The name of its service on Railway, by which the service is found without memory: at most 32 characters and a DNS
     * label, unique by the characters of the UID in it.
     */
    public String serviceName() {
        String start = name.substring(0, Math.min(NAME_LENGTH, name.length()));
        return start.replaceAll("-+$", "") + "-" + uid.replace("-", "").substring(0, UID_LENGTH);
    }

    /** The name by which the proxy routes to it. */
    public String endpointName() {
        return name + "-" + namespace;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
