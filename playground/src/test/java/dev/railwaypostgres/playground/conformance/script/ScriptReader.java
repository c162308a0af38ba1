package dev.railwaypostgres.playground.conformance.script;

import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.ServerMessage;
import dev.railwaypostgres.playground.conformance.wire.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads scripts. A file begins with what it is about, in lines that begin with {@code #}, and two settings, {@code covers:}
 * and, where one server connection is too few, {@code servers:}. A line that is indented goes on with the one before it.
 * The others are steps:
 *
 * <pre>
 * c1 ? SELECT 1                a Query, and the wait for its ReadyForQuery
 * c1 > Parse s1 "SELECT 1"     any message; those in lines without a break go out at once
 * c1 < ReadyForQuery           waits for a message of that name, or for the end of the connection
 * c1 >9 Parse s{n} "SELECT 1"  nine of them, {n} being the number of each; also with ? and <
 * c1 ! connect name=value…     with further startup parameters; without this line a client connects at its first step
 * c1 ! write N                 sends N bytes of what was to go out; the rest follows with the client's next step
 * c1 ! cancel                  asks for a cancel on a connection of its own; "cancel wrong": with a wrong key
 * c1 ! terminate               also: close, reset, half-close
 * c1 = ReadyForQuery I         what the client hears after its login, where Postgres cannot tell; * stands for any words
 * admin STATEMENT              a superuser does something
 * until STATEMENT              waits until it says true
 * suspend                      the database falls asleep
 * hold "REASON"                the database would fall asleep, but is held awake
 * asleep                       it still sleeps, if it did at the beginning
 * cut                          all server connections break
 * terminate                    a superuser ends all server connections
 * </pre>
 */
public final class ScriptReader {
    /** Of the files. */
    public static final String ENDING = ".case";

    private final List<String> about = new ArrayList<>();
    private final TreeSet<Integer> numbers = new TreeSet<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, List<String>> expected = new LinkedHashMap<>();
    private int servers = 1;

    private ScriptReader() {}

    /** All scripts below the folder, in the order of their names. */
    public static List<Script> readAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .map(file -> read(folder, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Script read(Path folder, Path file) {
        var path = folder.relativize(file).toString();
        var name = path.substring(0, path.length() - ENDING.length());
        try {
            return read(name, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws IllegalArgumentException naming the line that means nothing
     */
    static Script read(String name, String text) {
        var reader = new ScriptReader();
        text.replaceAll("\n[ \t]+", " ").lines().filter(line -> !line.isBlank()).forEach(line -> {
            try {
                reader.read(line.strip());
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(name + ": " + line + ": " + e.getMessage(), e);
            }
        });
        return reader.script(name);
    }

    private Script script(String name) {
        if (about.isEmpty() || numbers.isEmpty() || steps.isEmpty()) {
            throw new IllegalArgumentException(name + " must say what it is about, what it covers, and what happens");
        }
        return new Script(name, String.join(" ", about), numbers, servers, steps, expected);
    }

    private void read(String line) {
        if (line.startsWith("#")) {
            about.add(line.substring(1).strip());
            return;
        }
        var parts = line.split(" ", 2);
        var rest = parts.length > 1 ? parts[1].strip() : "";
        switch (parts[0]) {
            case "covers:" ->
                Arrays.stream(rest.split("[, ]+", -1)).map(Integer::valueOf).forEach(numbers::add);
            case "servers:" -> servers = Integer.parseInt(rest);
            case "admin" -> steps.add(new Step.Administer(rest));
            case "until" -> steps.add(new Step.Until(rest));
            case "suspend" -> steps.add(new Step.Suspend());
            case "hold" -> steps.add(new Step.Hold(Word.split(rest).getFirst().text()));
            case "asleep" -> steps.add(new Step.StayAsleep());
            case "cut" -> steps.add(new Step.Cut());
            case "terminate" -> steps.add(new Step.Terminate());
            default -> readOfClient(parts[0], rest);
        }
    }

    private void readOfClient(String client, String line) {
        var parts = line.split(" ", 2);
        var rest = parts.length > 1 ? parts[1].strip() : "";
        int count = parts[0].length() > 1 ? Integer.parseInt(parts[0].substring(1)) : 1;
        for (int number = 1; number <= count; number++) {
            readOfClient(client, parts[0].charAt(0), rest.replace("{n}", Integer.toString(number)));
        }
    }

    private void readOfClient(String client, char mark, String rest) {
        switch (mark) {
            case '?' -> {
                steps.add(new Step.Send(client, ClientMessage.query(rest)));
                steps.add(new Step.Await(client, "ReadyForQuery"));
            }
            case '>' -> steps.add(new Step.Send(client, ClientMessage.bytes(rest)));
            case '<' -> steps.add(await(client, rest));
            case '=' -> expected.computeIfAbsent(client, _ -> new ArrayList<>()).add(rest);
            case '!' -> steps.add(act(client, Word.split(rest)));
            default -> throw new IllegalArgumentException("neither ? nor > < ! =");
        }
    }

    private static Step await(String client, String message) {
        if (!ServerMessage.isName(message)) {
            throw new IllegalArgumentException("no message of a server's");
        }
        return new Step.Await(client, message);
    }

    private static Step act(String client, List<Word> words) {
        var action = words.getFirst().text();
        return switch (action) {
            case "connect" -> new Step.Connect(client, options(words.subList(1, words.size())));
            case "write" -> new Step.Write(client, Integer.parseInt(words.get(1).text()));
            case "cancel" -> new Step.Cancel(client, words.size() == 1);
            case "terminate", "close", "reset", "half-close" -> new Step.Leave(client, Step.Way.named(action));
            default -> throw new IllegalArgumentException("nothing that a client does");
        };
    }

    private static Map<String, String> options(List<Word> words) {
        return words.stream().collect(Collectors.toMap(Word::option, Word::text));
    }
}
