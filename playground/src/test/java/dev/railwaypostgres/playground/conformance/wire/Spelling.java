package dev.railwaypostgres.playground.conformance.wire;

import dev.railwaypostgres.playground.conformance.wire.ServerMessage.Body;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one connection receives, in words that are the same whoever answers and whenever: process ids, keys, ids of new objects
 * and lines of source code are left out or numbered.
 */
final class Spelling {
    private static final int FIRST_NEW_OBJECT = 16_384;
    private static final int LONG_VALUE = 120;
    private static final int LONG_TEXT = 400;
    private static final String ERROR_FIELDS_LEFT_OUT = "SFLR";

    private final UnaryOperator<String> replacement;
    private final Map<Integer, String> newObjects = new HashMap<>();
    private int ownProcess;

    /** @param replacement applied to all texts, for names that differ from run to run */
    Spelling(UnaryOperator<String> replacement) {
        this.replacement = replacement;
    }

    String spell(ServerMessage message) {
        var rest = body(message);
        return rest.isEmpty() ? message.name() : message.name() + " " + rest;
    }

    private String body(ServerMessage message) {
        var body = message.read();
        return switch (message.tag()) {
            case 'R' -> Integer.toString(body.int32());
            case 'K' -> key(body);
            case 'Z' -> Character.toString(body.int8());
            case 'C' -> text(body);
            case 'S' -> text(body) + "=" + text(body);
            case 'E', 'N' -> fields(body);
            case 'A' -> notification(body);
            case 'D' -> list(body.count(), _ -> value(body));
            case 'V' -> value(body);
            case 'T' -> list(body.count(), _ -> column(body));
            case 't' -> list(body.count(), _ -> object(body.int32()));
            case 'G', 'H', 'W' -> body.int8() + ":" + list(body.count(), _ -> Integer.toString(body.int16()));
            case 'v' -> negotiation(body);
            default -> value(body.rest());
        };
    }

    private String key(Body body) {
        ownProcess = body.int32();
        return "";
    }

    private String text(Body body) {
        var text = replacement.apply(body.text());
        return text.length() > LONG_TEXT ? shortened(text.getBytes(StandardCharsets.UTF_8)) : text;
    }

    private String fields(Body body) {
        var fields = new ArrayList<String>();
        for (int letter = body.int8(); letter != 0; letter = body.int8()) {
            var text = text(body);
            if (ERROR_FIELDS_LEFT_OUT.indexOf(letter) < 0) {
                fields.add((letter == 'V' || letter == 'C' ? "" : (char) letter + "=") + text);
            }
        }
        return String.join(" ", fields);
    }

    private String notification(Body body) {
        return (body.int32() == ownProcess ? "from itself " : "from another ") + text(body) + " " + text(body);
    }

    private String column(Body body) {
        return "%s(%s.%d %s,%d,%d,%d)"
                .formatted(
                        text(body),
                        object(body.int32()),
                        body.int16(),
                        object(body.int32()),
                        body.int16(),
                        body.int32(),
                        body.int16());
    }

    private String object(int id) {
        return Integer.compareUnsigned(id, FIRST_NEW_OBJECT) < 0
                ? Integer.toString(id)
                : newObjects.computeIfAbsent(id, _ -> "#" + (newObjects.size() + 1));
    }

    private String negotiation(Body body) {
        return (body.int32() & 0xFFFF) + " " + list(body.int32(), _ -> text(body));
    }

    private String value(Body body) {
        int length = body.int32();
        return length < 0 ? "(null)" : value(body.bytes(length));
    }

    private String value(byte[] bytes) {
        if (bytes.length == 0) {
            return "";
        }
        var text = bytes.length > LONG_VALUE ? shortened(bytes) : readable(bytes);
        return replacement.apply(text.replace("\n", "\\n"));
    }

    private static String readable(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.codePoints().allMatch(c -> c >= ' ' || c == '\n') ? text : hexadecimal(bytes);
        } catch (CharacterCodingException _) {
            return hexadecimal(bytes);
        }
    }

    private static String hexadecimal(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    private static String shortened(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "<%d bytes, %s>".formatted(bytes.length, HexFormat.of().formatHex(digest, 0, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String list(int count, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(" | "));
    }
}
