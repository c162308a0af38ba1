package dev.railwaypostgres.railway.model;

/** A project to be made, with one environment of the given name. */
public record NewProject(String name, WorkspaceId workspaceId, String defaultEnvironmentName) {}
