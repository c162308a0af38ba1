package dev.railwaypostgres.operator.compute;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.railwaypostgres.sleep.compute.ComputeIdentity;
import dev.railwaypostgres.sleep.compute.RoleAttributes;
import dev.railwaypostgres.sleep.compute.RolesSnapshot;
import java.util.HashMap;
import java.util.Map;

/**
 * What the proxy logs clients in with, in the form in which it is stored in the roles Secret and given to the proxy.
 *
 * @param roles SCRAM-SHA-256 verifier by name
 * @param attributes of those roles that have unusual ones
 * @param parameters what Postgres reports after a login
 */
public record StoredRoles(
        Map<String, String> roles,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, RoleAttributes> attributes,
        Map<String, String> parameters,
        String systemIdentifier) {
    /** The entry of the Secret. */
    public static final String KEY = "roles.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    public StoredRoles {
        roles = Map.copyOf(roles);
        attributes = Map.copyOf(attributes);
        parameters = Map.copyOf(parameters);
    }

    public static String secretName(String database) {
        return database + "-roles";
    }

    /** The operator's own role is left out: nobody is to log in as the operator. */
    static StoredRoles of(ComputeIdentity identity, RolesSnapshot roles) {
        var verifiers = new HashMap<>(roles.verifiers());
        verifiers.remove(OperatorLogin.ROLE);
        var attributes = new HashMap<>(roles.attributes());
        attributes.remove(OperatorLogin.ROLE);
        return new StoredRoles(verifiers, attributes, roles.parameters(), identity.systemIdentifier());
    }

    /** Equal roles give equal texts. */
    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and maps of texts are always JSON", e);
        }
    }

    @Override
    public String toString() {
        return "StoredRoles[" + roles.keySet() + "]";
    }
}
