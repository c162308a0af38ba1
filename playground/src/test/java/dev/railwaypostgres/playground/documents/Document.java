package dev.railwaypostgres.playground.documents;

import dev.railwaypostgres.playground.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown file with parts that the code writes, each between two comments that name it. */
record Document(Path file) {
    static Document named(String name) {
        return new Document(Repository.path(name));
    }

    String text() throws IOException {
        return Files.readString(file);
    }

    /** The generated part with that name, without its two comments. */
    String part(String name) throws IOException {
        Matcher part = part(name, text());
        if (!part.find()) {
            throw new IllegalStateException("%s has no part %s".formatted(file, name));
        }
        return part.group("text");
    }

    void write(String name, String content) throws IOException {
        Files.writeString(
                file, part(name, text()).replaceFirst("${begin}" + Matcher.quoteReplacement(content) + "${end}"));
    }

    /** For the cell of a table: angle brackets would be taken for HTML. */
    static String escaped(String sentence) {
        return sentence.replace("<", "&lt;");
    }

    private static Matcher part(String name, String text) {
        return Pattern.compile(
                        "(?<begin><!-- generated: %s -->\n)(?<text>.*?)(?<end><!-- end -->)".formatted(name),
                        Pattern.DOTALL)
                .matcher(text);
    }
}
