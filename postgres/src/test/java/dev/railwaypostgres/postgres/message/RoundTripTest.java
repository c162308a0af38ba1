package dev.railwaypostgres.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.CancelKey;
import dev.railwaypostgres.postgres.ErrorFields;
import dev.railwaypostgres.postgres.ProtocolVersion;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.TransactionStatus;
import dev.railwaypostgres.postgres.message.FrontendMessage.Arguments;
import dev.railwaypostgres.postgres.message.FrontendMessage.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
    static Stream<FrontendMessage> frontendMessages() {
        return Stream.of(
                new FrontendMessage.Query(""),
                new FrontendMessage.Query("select 'größe'"),
                new FrontendMessage.Parse("s1", "select $1", List.of(23, -1)),
                new FrontendMessage.Parse("", "", List.of()),
                new FrontendMessage.Bind("p", "s", Arguments.NONE, List.of()),
                new FrontendMessage.Bind(
                        "",
                        "",
                        new Arguments(List.of(Format.BINARY), Arrays.asList(null, Bytes.EMPTY, Bytes.of("x"))),
                        List.of(Format.TEXT, Format.BINARY)),
                new FrontendMessage.Bind(
                        "", "", new Arguments(List.of(), Collections.nCopies(65_535, Bytes.EMPTY)), List.of()),
                new FrontendMessage.Describe(Target.STATEMENT, "s"),
                new FrontendMessage.Describe(Target.PORTAL, ""),
                new FrontendMessage.Execute("p", 2),
                new FrontendMessage.Close(Target.PORTAL, "p"),
                new FrontendMessage.Sync(),
                new FrontendMessage.Flush(),
                new FrontendMessage.Terminate(),
                new FrontendMessage.FunctionCall(
                        42, new Arguments(List.of(Format.TEXT), List.of(Bytes.of("1"))), Format.BINARY),
                new CopyData(Bytes.of("1\tone\n")),
                new CopyDone(),
                new FrontendMessage.CopyFail("no"));
    }

    @ParameterizedTest
    @MethodSource("frontendMessages")
    void readsWhatAClientWrites(FrontendMessage message) {
        var wire = Unpooled.buffer();
        FrontendEncoder.encode(message, wire);
        byte tag = readHeader(wire);
        assertThat(FrontendDecoder.decode(tag, wire)).isEqualTo(message);
        assertThat(wire.isReadable()).isFalse();
    }

    @Test
    void readsAnswersToAuthenticationByTheirKind() {
        assertThat(FrontendDecoder.decodePassword(body(new FrontendMessage.PasswordMessage("secret"))))
                .isEqualTo(new FrontendMessage.PasswordMessage("secret"));
        var silent = new FrontendMessage.SaslInitialResponse("SCRAM-SHA-256", null);
        assertThat(FrontendDecoder.decodeSaslInitialResponse(body(silent))).isEqualTo(silent);
        var initial = new FrontendMessage.SaslInitialResponse("SCRAM-SHA-256", Bytes.of("n,,n=,r=x"));
        assertThat(FrontendDecoder.decodeSaslInitialResponse(body(initial))).isEqualTo(initial);
        var response = new FrontendMessage.SaslResponse(Bytes.of("c=biws"));
        assertThat(FrontendDecoder.decodeSaslResponse(body(response))).isEqualTo(response);
    }

    @Test
    void hidesPasswords() {
        assertThat(new FrontendMessage.PasswordMessage("secret").toString()).doesNotContain("secret");
    }

    static Stream<BackendMessage> backendMessages() {
        return Stream.of(
                new Authentication.Ok(),
                new Authentication.CleartextPassword(),
                new Authentication.Md5Password(Bytes.of("salt")),
                new Authentication.Sasl(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")),
                new Authentication.SaslContinue(Bytes.of("r=x")),
                new Authentication.SaslFinal(Bytes.of("v=x")),
                new Authentication.Unsupported(7),
                new BackendMessage.BackendKeyData(new CancelKey(1, Bytes.of("1234"))),
                new BackendMessage.BackendKeyData(new CancelKey(-1, Bytes.copyOf(new byte[256]))),
                new BackendMessage.BindComplete(),
                new BackendMessage.CloseComplete(),
                new BackendMessage.CommandComplete("SELECT 1"),
                new BackendMessage.CopyResponse(
                        BackendMessage.CopyResponse.Direction.IN, Format.BINARY, List.of(Format.BINARY)),
                new BackendMessage.CopyResponse(
                        BackendMessage.CopyResponse.Direction.OUT, Format.TEXT, List.of(Format.TEXT)),
                new BackendMessage.CopyResponse(BackendMessage.CopyResponse.Direction.BOTH, Format.TEXT, List.of()),
                new CopyData(Bytes.EMPTY),
                new CopyDone(),
                new BackendMessage.DataRow(Arrays.asList(Bytes.of("a"), null)),
                new BackendMessage.EmptyQueryResponse(),
                new BackendMessage.ErrorResponse(ErrorFields.fatal(SqlState.CANNOT_CONNECT_NOW, "starting")
                        .withHint("try again")
                        .withDetail("it takes long")),
                new BackendMessage.FunctionCallResponse(null),
                new BackendMessage.FunctionCallResponse(Bytes.of("x")),
                new BackendMessage.NegotiateProtocolVersion(ProtocolVersion.V3_2, List.of("_pq_.foo")),
                new BackendMessage.NoData(),
                new BackendMessage.NoticeResponse(ErrorFields.notice("waking")),
                new BackendMessage.NotificationResponse(5, "channel", "payload"),
                new BackendMessage.ParameterDescription(List.of(23)),
                new BackendMessage.ParameterStatus("TimeZone", "UTC"),
                new BackendMessage.ParseComplete(),
                new BackendMessage.PortalSuspended(),
                new BackendMessage.ReadyForQuery(TransactionStatus.IDLE),
                new BackendMessage.ReadyForQuery(TransactionStatus.IN_TRANSACTION),
                new BackendMessage.ReadyForQuery(TransactionStatus.FAILED),
                new BackendMessage.RowDescription(List.of(Column.text("timezone"))),
                new BackendMessage.RowDescription(
                        List.of(new Column("id", 16_384, (short) 1, 23, (short) 4, -1, Format.BINARY))));
    }

    @ParameterizedTest
    @MethodSource("backendMessages")
    void readsWhatAServerWrites(BackendMessage message) {
        var wire = Unpooled.buffer();
        BackendEncoder.encode(message, wire);
        byte tag = readHeader(wire);
        assertThat(BackendDecoder.decode(tag, wire)).isEqualTo(message);
        assertThat(wire.isReadable()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("frontendMessages")
    void refusesAClientsMessageWithAByteTooMany(FrontendMessage message) {
        var wire = Unpooled.buffer();
        FrontendEncoder.encode(message, wire);
        byte tag = readHeader(wire.writeByte(0));
        if (message instanceof CopyData) {
            assertThat(FrontendDecoder.decode(tag, wire)).isNotEqualTo(message);
        } else {
            assertThatThrownBy(() -> FrontendDecoder.decode(tag, wire)).isInstanceOf(ProtocolViolation.class);
        }
    }

    @ParameterizedTest
    @MethodSource("frontendMessages")
    void refusesAClientsMessageThatEndsEarly(FrontendMessage message) {
        var wire = Unpooled.buffer();
        FrontendEncoder.encode(message, wire);
        byte tag = readHeader(wire);
        for (int cut = 0; cut < Math.min(wire.readableBytes(), 200) && !(message instanceof CopyData); cut++) {
            var part = wire.slice(wire.readerIndex(), cut);
            assertThatThrownBy(() -> FrontendDecoder.decode(tag, part)).isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void refusesTextThatWouldEndEarlyOnTheWire() {
        assertThatThrownBy(() -> FrontendEncoder.encode(new FrontendMessage.Query("a\0b"), Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesMoreValuesThanACountCanHold() {
        var arguments = new Arguments(List.of(), Collections.nCopies(65_536, Bytes.EMPTY));
        assertThatThrownBy(() -> FrontendEncoder.encode(
                        new FrontendMessage.Bind("", "", arguments, List.of()), Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesFormatsThatFitNoValues() {
        var arguments = new Arguments(List.of(Format.TEXT, Format.TEXT), List.of(Bytes.EMPTY));
        var body = body(new FrontendMessage.Bind("", "", arguments, List.of()));
        assertThatThrownBy(() -> FrontendDecoder.decode(FrontendTag.BIND, body))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("bind message has 2 parameter formats but 1 parameters");
    }

    @Test
    void refusesAnAnswerToAuthenticationAfterTheLogin() {
        assertThatThrownBy(() -> FrontendDecoder.decode(FrontendTag.PASSWORD, Unpooled.EMPTY_BUFFER))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("invalid frontend message type 112");
    }

    private static byte readHeader(ByteBuf wire) {
        byte tag = wire.readByte();
        assertThat(wire.readInt()).isEqualTo(wire.readableBytes() + 4 - extra(wire));
        return tag;
    }

    private static int extra(ByteBuf wire) {
        return wire.getInt(1) == wire.writerIndex() - 1 ? 0 : 1;
    }

    private static ByteBuf body(FrontendMessage message) {
        var wire = Unpooled.buffer();
        FrontendEncoder.encode(message, wire);
        readHeader(wire);
        return wire;
    }
}
