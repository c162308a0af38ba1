package dev.railwaypostgres.postgres.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Writes down all that a framer tells, by rules that the test sets, and keeps nothing alive. */
final class RecordingSink implements MessageSink {
    Function<Byte, Verdict> onBegin = _ -> Verdict.PASS;
    Function<Byte, Verdict> onLook = _ -> Verdict.PASS;
    int shown = Integer.MAX_VALUE;
    final List<String> decisions = new ArrayList<>();
    final List<String> order = new ArrayList<>();
    final ByteArrayOutputStream passed = new ByteArrayOutputStream();

    @Override
    public Verdict begin(byte tag, int bodyLength) {
        decisions.add("begin %c %d".formatted(tag, bodyLength));
        return onBegin.apply(tag);
    }

    @Override
    public int shown(byte tag, int bodyLength) {
        return Math.min(shown, bodyLength);
    }

    @Override
    public Verdict look(byte tag, ByteBuf body) {
        decisions.add("look %c %s".formatted(tag, hex(body)));
        return onLook.apply(tag);
    }

    @Override
    public void take(byte tag, ByteBuf body) {
        order.add("take %c %s".formatted(tag, hex(body)));
    }

    @Override
    public void pass(ByteBuf bytes) {
        var array = ByteBufUtil.getBytes(bytes);
        passed.writeBytes(array);
        order.add("pass " + HexFormat.of().formatHex(array));
        bytes.release();
    }

    private static String hex(ByteBuf body) {
        return ByteBufUtil.hexDump(body);
    }

    /** The same however the stream was cut: what was decided upon, and taken, in which order, between which bytes. */
    String story() {
        return String.join("\n", decisions) + "\n" + delivery();
    }

    /** What came out, in its order. */
    String delivery() {
        var delivery = new StringBuilder();
        boolean passing = false;
        for (var event : order) {
            boolean pass = event.startsWith("pass ");
            delivery.append(pass && passing ? event.substring("pass ".length()) : "\n" + event);
            passing = pass;
        }
        return delivery.toString();
    }
}
