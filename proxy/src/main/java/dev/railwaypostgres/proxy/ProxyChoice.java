package dev.railwaypostgres.proxy;

import dev.railwaypostgres.proxy.settings.Problems;
import dev.railwaypostgres.proxy.settings.Setting;
import dev.railwaypostgres.proxy.settings.SettingsFile;
import dev.railwaypostgres.proxy.settings.SettingsReader;
import dev.railwaypostgres.proxy.standalone.StandaloneFile;
import dev.railwaypostgres.proxy.standalone.StandaloneOperator;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which proxy the environment asks for: one that watches Kubernetes, or one that keeps databases by itself. */
public final class ProxyChoice {
    private static final Setting<Path> SETTINGS_FILE = Setting.optional(
            "SETTINGS_FILE", Path::of, "The settings file. With it the proxy does without Kubernetes.");
    private static final Setting<String> SETTINGS = Setting.optional(
            "SETTINGS", Function.identity(), "Its content, where a variable is easier to have than a file.");

    private ProxyChoice() {}

    /** The settings that make the choice as a Markdown table, for the manual. */
    public static String table() {
        return Stream.of(SETTINGS_FILE, SETTINGS)
                .map(setting -> setting.row(setting.name()))
                .collect(Collectors.joining("", "| variable | default | meaning |%n|---|---|---|%n".formatted(), ""));
    }

    /**
     * @throws IllegalArgumentException naming all that is wrong, a line each
     * @throws IOException when the settings file cannot be read, or nothing can be kept in its state folder
     */
    static Proxy of(Map<String, String> environment) throws IOException {
        var reader = new SettingsReader(environment);
        var file = reader.find(SETTINGS_FILE);
        var text = reader.find(SETTINGS);
        if (file != null && text != null) {
            reader.problem("SETTINGS_FILE and SETTINGS exclude each other: set one of them");
        }
        reader.end();
        if (file != null) {
            return standalone(file.toString(), read(file), environment);
        }
        return text != null
                ? standalone(SETTINGS.name(), text, environment)
                : Proxy.of(ProxyConfig.read(environment), new KubernetesClientBuilder().build());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("SETTINGS_FILE=" + file + " cannot be read: " + e, e);
        }
    }

    private static Proxy standalone(String name, String text, Map<String, String> environment) throws IOException {
        var problems = new Problems();
        var file = new SettingsFile(name, environment, problems).read(text);
        var config = ProxyConfig.standalone(
                new SettingsReader(environment, file.variables(ProxyConfig.inFiles()), problems));
        var settings = StandaloneFile.read(file);
        problems.end();
        var operator = StandaloneOperator.of(settings, environment);
        return new Proxy(config, operator, operator);
    }
}
