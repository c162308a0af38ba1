package dev.railwaypostgres.postgres.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.startup.StartupPacket.CancelRequest;
import dev.railwaypostgres.postgres.startup.StartupPacket.GssEncRequest;
import dev.railwaypostgres.postgres.startup.StartupPacket.SslRequest;
import dev.railwaypostgres.postgres.startup.StartupPacket.Startup;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupTest {
    static Stream<StartupPacket> packets() {
        return Stream.of(
                new SslRequest(),
                new GssEncRequest(),
                new CancelRequest(new CancelKey(7, Bytes.of("1234"))),
                new CancelRequest(new CancelKey(-1, Bytes.copyOf(new byte[256]))),
                startup(Map.of()),
                startup(Map.of("user", "app", "database", "größe", "application_name", "")),
                new Startup(new StartupMessage(ProtocolVersion.V3_2, Map.of("user", "a", "_pq_.x", "1"))),
                startup(Map.of("user", "a", "options", "x".repeat(9_900))));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void readsWhatItWrites(StartupPacket packet) {
        var wire = Unpooled.buffer();
        StartupEncoder.encode(packet, wire);
        assertThat(StartupDecoder.decode(wire)).contains(packet);
        assertThat(wire.isReadable()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("packets")
    void waitsForTheWholePacketWithoutTouchingIt(StartupPacket packet) {
        var wire = Unpooled.buffer();
        StartupEncoder.encode(packet, wire);
        for (int cut = 0; cut < wire.readableBytes(); cut++) {
            var part = wire.slice(0, cut);
            assertThat(StartupDecoder.decode(part)).isEmpty();
            assertThat(part.readableBytes()).isEqualTo(cut);
        }
    }

    @Test
    void leavesWhatFollowsThePacket() {
        var wire = Unpooled.buffer();
        StartupEncoder.encode(new SslRequest(), wire);
        wire.writeByte(0x16);
        assertThat(StartupDecoder.decode(wire)).contains(new SslRequest());
        assertThat(wire.readableBytes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 7, 10_005, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void refusesSillyLengthsBeforeTheBodyComes(int length) {
        var wire = Unpooled.buffer().writeInt(length);
        assertThatThrownBy(() -> StartupDecoder.decode(wire))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("invalid length of startup packet");
    }

    @Test
    void acceptsThePacketOfGreatestLength() {
        var value = "x".repeat(StartupDecoder.MAX_LENGTH - 8 - "user.a.options...".length());
        var wire = Unpooled.buffer();
        StartupEncoder.encode(startup(Map.of("user", "a", "options", value)), wire);
        assertThat(wire.readableBytes()).isEqualTo(StartupDecoder.MAX_LENGTH);
        assertThat(StartupDecoder.decode(wire)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {2 << 16, 4 << 16, 1234 << 16 | 5677, 0, -1})
    void refusesOtherVersions(int code) {
        assertThatThrownBy(() -> StartupDecoder.decode(packet(code, "user\0a\0\0")))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        e -> assertThat(e.sqlState()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED))
                .hasMessageEndingWith(": server supports 3.0 to 3.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user\0a\0", "user\0a", "user\0a\0\0\0", "user\0\0", "user", "\0\0", "\0user\0a\0\0"})
    void refusesABadLayout(String body) {
        assertThatThrownBy(() -> StartupDecoder.decode(packet(ProtocolVersion.V3_0.code(), body)))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("invalid startup packet layout: expected terminator as last byte");
    }

    @Test
    void takesTheLastOfTwoEqualParameters() {
        assertThat(message("user\0a\0user\0b\0\0").user()).isEqualTo("b");
    }

    @Test
    void namesTheDatabaseLikeTheUserWhenNoneIsGiven() {
        assertThat(message("user\0a\0\0").database()).isEqualTo("a");
        assertThat(message("user\0a\0database\0\0\0").database()).isEqualTo("a");
        assertThat(message("user\0a\0database\0d\0\0").database()).isEqualTo("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "user\0\0\0"})
    void refusesALoginOfNobody(String body) {
        assertThatThrownBy(() -> message(body).user())
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        e -> assertThat(e.sqlState()).isEqualTo(SqlState.INVALID_AUTHORIZATION))
                .hasMessage("no PostgreSQL user name specified in startup packet");
    }

    @Test
    void listsOptionsOfTheProtocol() {
        assertThat(message("user\0a\0_pq_.foo\0\0\0").protocolOptions()).containsExactly("_pq_.foo");
    }

    @ParameterizedTest
    @CsvSource({
        "false, NONE",
        "off, NONE",
        "no, NONE",
        "0, NONE",
        "F, NONE",
        "of, NONE",
        "true, PHYSICAL",
        "on, PHYSICAL",
        "1, PHYSICAL",
        "y, PHYSICAL",
        "database, LOGICAL"
    })
    void tellsReplicationFromOrdinaryLogins(String value, Replication replication) {
        assertThat(message("user\0a\0replication\0" + value + "\0\0").replication())
                .isEqualTo(replication);
    }

    @Test
    void takesALoginForAnOrdinaryOne() {
        assertThat(message("user\0a\0\0").isReplication()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bad", "o", "2", "truer", "Database"})
    void refusesAnUnknownKindOfReplication(String value) {
        assertThatThrownBy(
                        () -> message("user\0a\0replication\0" + value + "\0\0").isReplication())
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        e -> assertThat(e.sqlState()).isEqualTo(SqlState.INVALID_PARAMETER_VALUE))
                .hasMessage("invalid value for parameter \"replication\": \"" + value + "\"");
    }

    @Test
    void boundsCancelKeys() {
        assertThatThrownBy(() -> StartupDecoder.decode(packet(1234 << 16 | 5678, "")))
                .hasMessage("invalid length of query cancel packet");
        assertThatThrownBy(() -> StartupDecoder.decode(packet(1234 << 16 | 5678, "1234")))
                .hasMessage("invalid length of query cancel key");
        assertThatThrownBy(() -> StartupDecoder.decode(packet(1234 << 16 | 5678, "1234" + "x".repeat(257))))
                .hasMessage("invalid length of query cancel key");
    }

    @Test
    void keepsTheOrderOfParameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (var name : List.of("user", "z", "a", "m")) {
            parameters.put(name, name);
        }
        assertThat(new StartupMessage(ProtocolVersion.V3_0, parameters)
                        .parameters()
                        .keySet())
                .containsExactly("user", "z", "a", "m");
    }

    @Test
    void answersAnyBytesWithAPacketOrAViolation() {
        var random = new Random(20_261_124);
        for (int i = 0; i < 50_000; i++) {
            var wire = garbage(random);
            try {
                assertThat(StartupDecoder.decode(wire)).isNotNull();
            } catch (ProtocolViolation e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void takesNoStartupPacketForTls() {
        var wire = Unpooled.buffer();
        StartupEncoder.encode(startup(Map.of("user", "x".repeat(9_000))), wire);
        assertThat(DirectTls.isClientHello(wire.getByte(0))).isFalse();
        assertThat(DirectTls.isClientHello((byte) 0x16)).isTrue();
    }

    private static ByteBuf garbage(Random random) {
        var body = new byte[random.nextInt(40)];
        random.nextBytes(body);
        for (int i = 0; i < body.length; i++) {
            body[i] = random.nextBoolean() ? 0 : body[i];
        }
        int[] codes = {ProtocolVersion.V3_0.code(), 1234 << 16 | (5677 + random.nextInt(4)), random.nextInt()};
        return Unpooled.buffer()
                .writeInt(random.nextInt(8) == 0 ? random.nextInt() : body.length + 8)
                .writeInt(codes[random.nextInt(3)])
                .writeBytes(body);
    }

    private static StartupMessage message(String body) {
        return ((Startup) StartupDecoder.decode(packet(ProtocolVersion.V3_0.code(), body))
                        .orElseThrow())
                .message();
    }

    private static ByteBuf packet(int code, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return Unpooled.buffer().writeInt(bytes.length + 8).writeInt(code).writeBytes(bytes);
    }

    private static Startup startup(Map<String, String> parameters) {
        return new Startup(new StartupMessage(ProtocolVersion.V3_0, parameters));
    }
}
