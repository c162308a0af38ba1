package dev.railwaypostgres.operator.database;

/** One thing that the Actuator can do. Each may be done twice with the effect of once. */
public sealed interface DatabaseStep permits CreateStep, DeleteStep, SleepOrWake {}
