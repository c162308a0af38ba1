package dev.railwaypostgres.railway.model;

/** One container of a deployment. */
public record DeploymentInstance(String id, DeploymentInstanceStatus status) {}
