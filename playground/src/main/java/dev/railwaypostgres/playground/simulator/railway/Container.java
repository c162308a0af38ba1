package dev.railwaypostgres.playground.simulator.railway;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a container is given.
 *
 * @param image the image's name and tag as the service's owner wrote it
 * @param variables the environment, with the paths of mounted volumes already those of this machine
 * @param port a free local port, to listen on instead of the one that the service believes to have
 * @param folder the volume's folder, or an empty throw-away folder when there is no volume
 */
public record Container(String image, Map<String, String> variables, int port, Path folder) {}
