package dev.railwaypostgres.crds.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A Postgres database on Railway that sleeps while nobody uses it and wakes when a client sends it work. */
@Group(ServerlessDatabase.GROUP)
@Version(ServerlessDatabase.VERSION)
@Kind("ServerlessDatabase")
@Singular("serverlessdatabase")
@Plural("serverlessdatabases")
@ShortNames("sdb")
@Categories("railway-postgres")
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Phase", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Since", type = AdditionalPrinterColumn.Type.DATE, jsonPath = ".status.phaseSince")
@AdditionalPrinterColumn(
        name = "Endpoint",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.endpoint.address")
@AdditionalPrinterColumn(
        name = "Version",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".spec.postgresVersion",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Blockers",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.sleep.blockers",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$')",
        message = "metadata.name must be a DNS label of at most 40 characters that begins with a letter:"
                + " it becomes part of a host name")
public final class ServerlessDatabase extends CustomResource<ServerlessDatabaseSpec, ServerlessDatabaseStatus>
        implements Namespaced {
    public static final String GROUP = "railway-postgres.dev";
    public static final String VERSION = "v1alpha1";

    @Override
    @Required
    public ServerlessDatabaseSpec getSpec() {
        return super.getSpec();
    }
}
