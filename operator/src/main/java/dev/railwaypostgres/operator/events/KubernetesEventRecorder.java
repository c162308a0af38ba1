package dev.railwaypostgres.operator.events;

import dev.railwaypostgres.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes core/v1 events.
 *
 * <p>The name follows from resource, reason and message, so that a repetition finds the event of the first time, also
 * after a restart, and counts up instead of filling the list. Needs the rights to get, create and patch events.
 */
public final class KubernetesEventRecorder implements EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEventRecorder.class);
    private static final String COMPONENT = "railway-postgres-operator";
    /** The API server refuses longer ones. */
    private static final int LONGEST_MESSAGE = 1024;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final String instance;

    /**
     * @param instance the process that reports, usually its pod's name
     */
    public KubernetesEventRecorder(KubernetesClient client, InstantSource clock, String instance) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
    }

    @Override
    public void record(HasMetadata about, Kind kind, Reason reason, String message) {
        try {
            createOrCount(event(about, kind, reason, shortened(message)));
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("namespace", about.getMetadata().getNamespace())
                    .addKeyValue("database", about.getMetadata().getName())
                    .addKeyValue("reason", reason)
                    .log("An event could not be written");
        }
    }

    private void createOrCount(Event event) {
        var events = client.v1().events().inNamespace(event.getMetadata().getNamespace());
        try {
            events.resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            countUp(events.withName(event.getMetadata().getName()), event);
        }
    }

    private static void countUp(Resource<Event> known, Event event) {
        var before = known.get();
        var count = before == null || before.getCount() == null ? 1 : before.getCount();
        known.patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"count\":%d,\"lastTimestamp\":\"%s\"}".formatted(count + 1, event.getLastTimestamp()));
    }

    private Event event(HasMetadata about, Kind kind, Reason reason, String message) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getMetadata().getNamespace())
                .withName(name(about, reason, message))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .endInvolvedObject()
                .withType(kind.toString())
                .withReason(reason.toString())
                .withMessage(message)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource(COMPONENT, instance)
                .withReportingComponent(COMPONENT)
                .withReportingInstance(instance)
                .build();
    }

    static String name(HasMetadata about, Reason reason, String message) {
        return "%s.%s.%08x"
                .formatted(
                        about.getMetadata().getUid(), reason.toString().toLowerCase(Locale.ROOT), message.hashCode());
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
