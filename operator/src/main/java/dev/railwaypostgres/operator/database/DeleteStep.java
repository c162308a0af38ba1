package dev.railwaypostgres.operator.database;

/** What takes a database away. Each is content if the thing is gone already. */
public sealed interface DeleteStep extends DatabaseStep {
    record CloseAddress() implements DeleteStep {}

    record DeleteVolume() implements DeleteStep {}

    record DeleteService() implements DeleteStep {}
}
