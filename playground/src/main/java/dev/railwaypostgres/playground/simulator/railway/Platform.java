package dev.railwaypostgres.playground.simulator.railway;

/** The parts that the operations work with. */
record Platform(
        World world,
        Deployments deployments,
        Forwarders forwarders,
        VolumeFolders folders,
        Quirks quirks,
        Views views,
        Throttles throttles) {}
