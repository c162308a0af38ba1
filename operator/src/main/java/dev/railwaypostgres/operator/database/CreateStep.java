package dev.railwaypostgres.operator.database;

/** What makes a database complete, the first time or again. */
public sealed interface CreateStep extends DatabaseStep {
    /** Passwords and verifiers, kept in the cluster before anything on Railway knows them. */
    record EnsureCredentials() implements CreateStep {}

    /** The service, without a source: with one, Railway would start it before its volume is there. */
    record CreateService() implements CreateStep {}

    record CreateVolume() implements CreateStep {}

    /** All settings in one patch, which also attaches the volume and starts the compute. */
    record Configure() implements CreateStep {}

    /** The public address, when it is gone. */
    record OpenAddress() implements CreateStep {}

    record GrowVolume(int sizeMB) implements CreateStep {}

    /** Variables that are not what they should be. Nothing is started by it. */
    record UpdateVariables() implements CreateStep {}

    /** Give a running compute its new parameters. */
    record OfferParameters() implements CreateStep {}

    /** What the proxy logs clients in with. */
    record StoreRoles() implements CreateStep {}

    /** The Secret with the connection string. */
    record PublishConnection() implements CreateStep {}
}
