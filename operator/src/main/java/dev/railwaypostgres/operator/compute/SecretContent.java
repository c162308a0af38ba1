package dev.railwaypostgres.operator.compute;

import java.util.Map;

/**
 * What a Secret is to say.
 *
 * @param type Kubernetes' type of Secret, which cannot be changed later
 * @param entries by key, not encoded
 */
record SecretContent(String name, String type, Map<String, String> entries) {
    static final String OPAQUE = "Opaque";

    SecretContent {
        entries = Map.copyOf(entries);
    }

    /** Names the keys, never the values. */
    @Override
    public String toString() {
        return "SecretContent[" + name + " " + entries.keySet() + "]";
    }
}
