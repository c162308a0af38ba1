package dev.railwaypostgres.playground.drivers;

import dev.railwaypostgres.playground.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What has to be there for the programs of a language, and how they are made ready. Commands run in a copy of the language's folder. */
enum Language {
    JAVA,
    NODE,
    PYTHON,
    GO,
    RUST,
    SHELL;

    private static final List<String> JAVA_DRIVERS = List.of("pgjdbc", "vertx-pg-client", "r2dbc-postgresql");

    /** What a machine must have. */
    List<String> programs() {
        return switch (this) {
            case JAVA -> List.of("mvn");
            case NODE -> List.of("node", "npm");
            case PYTHON -> List.of("python3");
            case GO -> List.of("go");
            case RUST -> List.of("cargo");
            case SHELL -> List.of("bash", "psql");
        };
    }

    /** Bring what others have written; they fail where no registry is reached. */
    List<List<String>> fetch() {
        return switch (this) {
            case JAVA -> JAVA_DRIVERS.stream().map(Language::jars).toList();
            case NODE -> List.of(words("npm ci --loglevel error --ignore-scripts"));
            case PYTHON ->
                List.of(words("python3 -m pip install -q --require-hashes --target packages -r requirements.txt"));
            case GO -> List.of(words("go mod download"));
            case RUST -> List.of(words("bash ./fetch.sh"));
            case SHELL -> List.of();
        };
    }

    /** Must not fail. */
    List<List<String>> compile() {
        return switch (this) {
            case JAVA -> JAVA_DRIVERS.stream().map(Language::javac).toList();
            case NODE, PYTHON, SHELL -> List.of();
            case GO -> List.of(words("go build -o bin/ ./..."));
            case RUST -> List.of(words("cargo install --quiet --frozen --debug --path . --root ."));
        };
    }

    /** As committed. */
    Path sources() {
        return Repository.path("playground/src/test/drivers").resolve(text());
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The program of a driver, to be run in the folder that was made ready. */
    List<String> run(String driver) {
        return switch (this) {
            case JAVA ->
                List.of(
                        java("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "classes/%1$s:jars/%1$s/*".formatted(driver),
                        "Main");
            case NODE -> List.of("node", driver + ".js");
            case PYTHON -> List.of("env", "PYTHONPATH=packages", "python3", driver + "_story.py");
            case GO, RUST -> List.of("bin/" + driver);
            case SHELL -> List.of("bash", driver + ".sh");
        };
    }

    private static List<String> jars(String driver) {
        var goal = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies";
        return words("mvn -q -B -f %1$s/pom.xml %2$s -DoutputDirectory=../jars/%1$s".formatted(driver, goal));
    }

    private static List<String> javac(String driver) {
        return List.of(
                java("javac"),
                "-cp",
                "jars/" + driver + "/*",
                "-d",
                "classes/" + driver,
                "Story.java",
                driver + "/Main.java");
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static List<String> words(String line) {
        return List.of(line.split(" ", -1));
    }
}
