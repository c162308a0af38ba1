package dev.railwaypostgres.playground.kubernetes;

import java.nio.file.Path;

/**
 * Where a control plane keeps everything.
 *
 * @param folder data, keys, ports and logs; what is there is gone on with
 * @param durable false where only speed counts: a crash of the machine may lose what was stored
 */
public record ControlPlaneConfig(KubernetesBinaries binaries, Path folder, boolean durable) {}
