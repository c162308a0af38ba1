package dev.railwaypostgres.playground.conformance.wire;

import dev.railwaypostgres.postgres.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A client's message, from its name and words to its bytes:
 *
 * <pre>
 * Query TEXT                               Sync
 * Parse STATEMENT TEXT TYPE…               Flush
 * Bind PORTAL STATEMENT VALUE…             Terminate
 * Describe statement|portal NAME           CopyData BYTES
 * Execute PORTAL [ROWS]                    CopyDone
 * Close statement|portal NAME              CopyFail TEXT
 * FunctionCall OID VALUE…                  raw BYTES
 * </pre>
 *
 * A type is an object id or one of the usual names. A value is text, {@code null}, or {@code 0x…} in bytes; {@code Bind} and
 * {@code FunctionCall} take {@code formats=1,0}, {@code results=1} and, to lie about the number of values, {@code count=7}.
 */
public final class ClientMessage {
    private static final Map<String, Integer> TYPES = Map.of(
            "bool", 16, "bytea", 17, "int8", 20, "int4", 23, "text", 25, "oid", 26, "float8", 701, "varchar", 1043,
            "unknown", 705, "numeric", 1700);

    private final String name;
    private final Deque<Word> words = new ArrayDeque<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(body);

    private ClientMessage(String line) {
        var all = Word.split(line);
        name = all.getFirst().text();
        words.addAll(all.subList(1, all.size()));
    }

    /**
     * @throws IllegalArgumentException for a line that names no message, or has too few words or too many
     */
    public static Bytes bytes(String line) {
        var message = new ClientMessage(line);
        try {
            var bytes = message.written();
            if (!message.words.isEmpty()) {
                throw new IllegalArgumentException("too many words: " + line);
            }
            return Bytes.copyOf(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Bytes query(String text) {
        var message = new ClientMessage("Query");
        try {
            message.writeText(Bytes.of(text));
            return Bytes.copyOf(message.framed('Q'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] written() throws IOException {
        return switch (name) {
            case "Query" -> texts('Q', 1);
            case "Parse" -> parse();
            case "Bind" -> bind();
            case "Describe" -> target('D');
            case "Execute" -> execute();
            case "Close" -> target('C');
            case "FunctionCall" -> functionCall();
            case "Sync" -> framed('S');
            case "Flush" -> framed('H');
            case "Terminate" -> framed('X');
            case "CopyDone" -> framed('c');
            case "CopyData" -> copyData();
            case "CopyFail" -> texts('f', 1);
            case "raw" -> next().toArray();
            default -> throw new IllegalArgumentException("no such message: " + name);
        };
    }

    private byte[] texts(char tag, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            writeText(next());
        }
        return framed(tag);
    }

    private byte[] parse() throws IOException {
        writeText(next());
        writeText(next());
        out.writeShort(words.size());
        while (!words.isEmpty()) {
            out.writeInt(type(next().toText()));
        }
        return framed('P');
    }

    private static int type(String word) {
        return Optional.ofNullable(TYPES.get(word)).orElseGet(() -> Integer.parseUnsignedInt(word));
    }

    private byte[] bind() throws IOException {
        writeText(next());
        writeText(next());
        var results = option("results");
        writeValues();
        writeFormats(results);
        return framed('B');
    }

    private byte[] functionCall() throws IOException {
        out.writeInt(Integer.parseUnsignedInt(next().toText()));
        var results = option("results");
        writeValues();
        out.writeShort(results.isEmpty() ? 0 : Integer.parseInt(results));
        return framed('F');
    }

    private byte[] target(char tag) throws IOException {
        out.writeByte(next().toText().toUpperCase(Locale.ROOT).charAt(0));
        return texts(tag, 1);
    }

    private byte[] execute() throws IOException {
        writeText(next());
        out.writeInt(words.isEmpty() ? 0 : Integer.parseInt(next().toText()));
        return framed('E');
    }

    private byte[] copyData() throws IOException {
        out.write(next().toArray());
        return framed('d');
    }

    private void writeValues() throws IOException {
        writeFormats(option("formats"));
        var count = option("count");
        out.writeShort(count.isEmpty() ? words.size() : Integer.parseInt(count));
        while (!words.isEmpty()) {
            writeValue(words.remove());
        }
    }

    private void writeValue(Word word) throws IOException {
        if (!word.isQuoted() && word.text().equals("null")) {
            out.writeInt(-1);
            return;
        }
        boolean isHex = !word.isQuoted() && word.text().startsWith("0x");
        var value = isHex
                ? HexFormat.of().parseHex(word.text().substring(2))
                : word.value().toArray();
        out.writeInt(value.length);
        out.write(value);
    }

    private void writeFormats(String codes) throws IOException {
        var list = codes.isEmpty() ? List.<String>of() : List.of(codes.split(",", -1));
        out.writeShort(list.size());
        for (var code : list) {
            out.writeShort(Integer.parseInt(code));
        }
    }

    private String option(String wanted) {
        var found = words.stream().filter(word -> word.option().equals(wanted)).findFirst();
        found.ifPresent(words::remove);
        return found.map(Word::text).orElse("");
    }

    private Bytes next() {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("too few words for " + name);
        }
        return words.remove().value();
    }

    private void writeText(Bytes text) throws IOException {
        out.write(text.toArray());
        out.writeByte(0);
    }

    private byte[] framed(char tag) throws IOException {
        var framed = new ByteArrayOutputStream();
        var writer = new DataOutputStream(framed);
        writer.writeByte(tag);
        writer.writeInt(Integer.BYTES + body.size());
        body.writeTo(writer);
        return framed.toByteArray();
    }
}
