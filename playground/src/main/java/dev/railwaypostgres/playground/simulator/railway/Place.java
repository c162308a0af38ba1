package dev.railwaypostgres.playground.simulator.railway;

/** A service in an environment: where deployments, variables, ports and disks belong. */
record Place(String environmentId, String serviceId) {
    static Place of(Row.ServiceInstance row) {
        return new Place(row.environmentId(), row.serviceId());
    }

    static Place of(Row.Deployment row) {
        return new Place(row.environmentId(), row.serviceId());
    }

    static Place of(Row.TcpProxy row) {
        return new Place(row.environmentId(), row.serviceId());
    }
}
