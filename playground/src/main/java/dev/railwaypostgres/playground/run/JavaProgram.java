package dev.railwaypostgres.playground.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A main class to be run by the JVM that runs this one, with the same class path, and with nothing of this process's environment. */
record JavaProgram(String mainClass, Map<String, String> environment) {
    /** On the class path. */
    private static final String LOGGING = "dev/railwaypostgres/playground/run/logging.xml";

    JavaProgram {
        environment = Map.copyOf(environment);
    }

    ProcessBuilder process() {
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms32m",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=" + LOGGING,
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        var path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (path != null) {
            builder.environment().put("PATH", path);
        }
        return builder;
    }
}
