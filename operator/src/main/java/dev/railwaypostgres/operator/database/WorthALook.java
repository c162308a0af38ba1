package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.crds.v1alpha1.ServerlessDatabase;
import dev.railwaypostgres.sleep.Wishes;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;

/** Lets through the changes of a resource that can mean work: its spec, its deletion, and what proxies wish. Not status. */
public final class WorthALook implements OnUpdateFilter<ServerlessDatabase> {
    @Override
    public boolean accept(ServerlessDatabase now, ServerlessDatabase before) {
        ObjectMeta next = now.getMetadata();
        ObjectMeta last = before.getMetadata();
        return !Objects.equals(next.getGeneration(), last.getGeneration())
                || !Objects.equals(next.getDeletionTimestamp(), last.getDeletionTimestamp())
                || !Objects.equals(next.getFinalizers(), last.getFinalizers())
                || !wishes(next).equals(wishes(last));
    }

    private static Wishes wishes(ObjectMeta metadata) {
        Map<String, String> annotations = metadata.getAnnotations();
        return annotations == null ? Wishes.NONE : WishAnnotations.read(annotations);
    }
}
