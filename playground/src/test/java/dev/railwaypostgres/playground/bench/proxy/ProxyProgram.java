package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.PortToKeep;
import dev.railwaypostgres.playground.binaries.ProcessNursery;
import dev.railwaypostgres.playground.process.ChildProcess;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The proxy, as it is to be run: one small JVM.
 *
 * @param classPath of jars
 * @param aotCache of the classes that it needs
 */
record ProxyProgram(Path folder, String classPath, Path aotCache, ProcessNursery nursery) {
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms24m",
            "-Xmn8m",
            "-Xmx160m",
            "-XX:MaxDirectMemorySize=160m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=dev/railwaypostgres/playground/run/logging.xml");

    /**
     * What one proxy is to do.
     *
     * @param readiness what its routes say of Postgres
     */
    record Task(int serverPort, Route.Readiness readiness, URI operator, TransportChoice transport) {}

    /** Prepares the program; its AOT cache is what a first run of it leaves behind, in which {@code training} is done. */
    static ProxyProgram make(Path folder, ProcessNursery nursery, Task task, Training training) throws IOException {
        var program = new ProxyProgram(folder, ClassPath.inJars(folder), folder.resolve("proxy.aot"), nursery);
        KeyPair.makeIn(folder);
        Files.writeString(program.token(), "a token");
        try (var proxy = program.start(task, "-XX:AOTCacheOutput=" + program.aotCache)) {
            Answers.await(proxy);
            training.on(proxy);
        }
        return program;
    }

    /** Something that makes a proxy use what it will use later. */
    interface Training {
        void on(Pooler proxy) throws IOException;
    }

    private Path token() {
        return folder.resolve("token");
    }

    /** Returns when it answers. */
    Pooler start(Task task) throws IOException {
        var proxy = launch(task);
        Answers.await(proxy);
        return proxy;
    }

    /** Returns at once. */
    Pooler launch(Task task) throws IOException {
        return Files.exists(aotCache) ? start(task, "-XX:AOTCache=" + aotCache) : start(task, "-Xshare:auto");
    }

    private Pooler start(Task task, String sharing) throws IOException {
        int port = PortToKeep.choose();
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add(sharing);
        line.addAll(FLAGS);
        line.addAll(List.of("-cp", classPath, BenchedProxyMain.class.getName()));
        var builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().putAll(environment(task, port));
        var name = "proxy-" + task.transport().name().toLowerCase(Locale.ROOT);
        return new Pooler(name, port, ChildProcess.start(name, builder, nursery, folder), true);
    }

    private Map<String, String> environment(Task task, int port) {
        return Map.of(
                "LISTEN_PORT",
                Integer.toString(port),
                "MANAGEMENT_PORT",
                "0",
                "OPERATOR_URL",
                task.operator().toString(),
                "OPERATOR_TOKEN_FILE",
                token().toString(),
                "TLS_CERTIFICATE_FILE",
                folder.resolve("server.crt").toString(),
                "TLS_KEY_FILE",
                folder.resolve("server.key").toString(),
                "TLS_REQUIRED",
                "false",
                "TRANSPORT",
                task.transport().name().toLowerCase(Locale.ROOT),
                BenchedProxyMain.SERVER_PORT,
                Integer.toString(task.serverPort()),
                BenchedProxyMain.READINESS,
                task.readiness().name());
    }
}
