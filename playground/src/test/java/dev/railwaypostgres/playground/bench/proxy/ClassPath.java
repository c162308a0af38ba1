package dev.railwaypostgres.playground.bench.proxy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** This process's own class path, all of it in jars, as a JVM wants it that keeps classes in an AOT cache. */
final class ClassPath {
    private ClassPath() {}

    static String inJars(Path folder) throws IOException {
        Files.createDirectories(folder);
        var jars = new ArrayList<String>();
        for (var entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
            var path = Path.of(entry);
            jars.add(Files.isDirectory(path) ? jar(path, folder.resolve(jars.size() + ".jar")) : entry);
        }
        return String.join(File.pathSeparator, jars);
    }

    private static String jar(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar.toString();
    }
}
