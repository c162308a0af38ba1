package dev.railwaypostgres.operator.signal;

import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.model.EnvironmentId;
import dev.railwaypostgres.railway.model.ProjectId;

/** Where on Railway a database lives, and the client whose token may work there. */
public record RailwayHome(RailwayClient client, ProjectId project, EnvironmentId environment) {}
