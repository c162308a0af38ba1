package dev.railwaypostgres.railway.patch;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.railway.model.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A change to the settings of one environment, which Railway applies as a whole and then deploys what it touches.
 *
 * <p>What a patch leaves out keeps its value; what it gives as null is removed. It cannot make a service, a volume or an
 * environment, nor take a TCP proxy or a volume away.
 *
 * {@snippet :
 * EnvironmentPatch.empty()
 *         .service(serviceId, service -> service.image("postgres:17").tcpProxy(5432).volumeMount(volumeId, "/data"))
 *         .volume(volumeId, volume -> volume.sizeMB(10_000));
 * }
 */
public final class EnvironmentPatch {
    private final ObjectNode json;

    private EnvironmentPatch(ObjectNode json) {
        this.json = json;
    }

    public static EnvironmentPatch empty() {
        return new EnvironmentPatch(JsonNodeFactory.instance.objectNode());
    }

    /** This patch, and these changes to the service: also to one that it changes already. */
    public EnvironmentPatch service(ServiceId id, UnaryOperator<ServicePatch> change) {
        return with(
                "services",
                id.value(),
                before -> change.apply(new ServicePatch(before)).json());
    }

    /** This patch, and these changes to the volume. */
    public EnvironmentPatch volume(VolumeId id, UnaryOperator<VolumePatch> change) {
        return with(
                "volumes",
                id.value(),
                before -> change.apply(new VolumePatch(before)).json());
    }

    public boolean isEmpty() {
        return json.isEmpty();
    }

    /** As Railway takes it. A copy: changing it does not change the patch. */
    @JsonValue
    public ObjectNode toJson() {
        return json.deepCopy();
    }

    /** Says which services and volumes it touches, never a value: there may be secrets among them. */
    @Override
    public String toString() {
        List<String> touched = new ArrayList<>();
        json.forEachEntry((kind, changes) -> touched.add(kind + " "
                + changes.propertyStream().map(change -> change.getKey()).toList()));
        return "EnvironmentPatch" + touched;
    }

    private EnvironmentPatch with(String kind, String id, UnaryOperator<ObjectNode> change) {
        ObjectNode changed = json.deepCopy();
        ObjectNode ofKind = changed.withObjectProperty(kind);
        ofKind.set(id, change.apply(ofKind.withObjectProperty(id)));
        return new EnvironmentPatch(changed);
    }
}
