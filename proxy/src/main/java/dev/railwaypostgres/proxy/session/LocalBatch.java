package dev.railwaypostgres.proxy.session;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.message.BackendMessage;
import dev.railwaypostgres.postgres.message.Column;
import dev.railwaypostgres.postgres.message.Format;
import dev.railwaypostgres.postgres.message.FrontendDecoder;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.message.FrontendMessage.Target;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.message.MessageFramer;
import dev.railwaypostgres.proxy.park.PreparedStatement;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers a whole batch of the extended protocol that needs no data, from its first message to its {@code Sync}: how most
 * drivers ask whether a connection lives, end transactions, and close statements of which they have too many. At most one
 * statement runs in it, which may have been prepared here before if it is a ping.
 */
final class LocalBatch {
    /** Such batches are short. Bytes. */
    private static final int LIMIT = 1_024;

    private final LocalAnswers answers;
    private final List<BackendMessage> told = new ArrayList<>();
    private final List<FrontendMessage> asked = new ArrayList<>();
    private @Nullable String text;

    /** Of the statement that the text is of. */
    private String name = "";

    /** To be known under that name from now on. */
    private @Nullable PreparedStatement prepared;

    private Format format = Format.TEXT;

    private LocalBatch(LocalAnswers answers) {
        this.answers = answers;
    }

    /**
     * @param length of the batch in bytes
     * @param answer complete but for the {@code ReadyForQuery} of a batch that is synced
     */
    record Answered(int length, List<BackendMessage> answer, boolean isSynced) {}

    /**
     * @param bytes from the client, beginning with a message; left as they are
     * @return empty if they are no such batch, or not the whole of it
     */
    static Optional<Answered> answer(ByteBuf bytes, LocalAnswers answers) {
        try {
            return new LocalBatch(answers).read(bytes.slice());
        } catch (ProtocolViolation _) {
            return Optional.empty();
        }
    }

    /** Whether it is worth the reading, by a glance at its first message. */
    static boolean mayBeLocal(ByteBuf bytes, LocalAnswers answers) {
        if (bytes.readableBytes() <= MessageFramer.HEADER_LENGTH) {
            return false;
        }
        int body = bytes.readerIndex() + MessageFramer.HEADER_LENGTH;
        return switch (bytes.getByte(bytes.readerIndex())) {
            case FrontendTag.PARSE -> LocalGlance.mayBeLocal(bytes, afterName(bytes, body));
            case FrontendTag.BIND, FrontendTag.DESCRIBE -> answers.hasPings();
            case FrontendTag.CLOSE -> true;
            default -> false;
        };
    }

    private static int afterName(ByteBuf bytes, int body) {
        int end = bytes.indexOf(body, bytes.writerIndex(), (byte) 0);
        return end < 0 ? bytes.writerIndex() : end + 1;
    }

    private Optional<Answered> read(ByteBuf rest) {
        int start = rest.readerIndex();
        while (rest.readableBytes() >= MessageFramer.HEADER_LENGTH) {
            byte tag = rest.readByte();
            int length = rest.readInt() - Integer.BYTES;
            if (length < 0 || length > rest.readableBytes() || rest.readerIndex() - start > LIMIT || !isOfBatch(tag)) {
                return Optional.empty();
            }
            var message = FrontendDecoder.decode(tag, rest.readSlice(length));
            if (message instanceof FrontendMessage.Sync) {
                int whole = rest.readerIndex() - start;
                return answered().map(answer -> new Answered(whole, answer, true));
            }
            if (!accepts(message)) {
                return Optional.empty();
            }
            asked.add(message);
            if (message instanceof FrontendMessage.Flush && !rest.isReadable() && isPreparingOnly()) {
                int whole = rest.readerIndex() - start;
                return answered().map(answer -> new Answered(whole, answer, false));
            }
        }
        return Optional.empty();
    }

    private static boolean isOfBatch(byte tag) {
        return switch (tag) {
            case FrontendTag.CLOSE,
                    FrontendTag.PARSE,
                    FrontendTag.BIND,
                    FrontendTag.DESCRIBE,
                    FrontendTag.EXECUTE,
                    FrontendTag.FLUSH,
                    FrontendTag.SYNC -> true;
            default -> false;
        };
    }

    /** The client wants to hear of its statement before it runs it. */
    private boolean isPreparingOnly() {
        return !name.isEmpty() && !has(FrontendMessage.Bind.class);
    }

    /** One statement without parameters, parsed, bound and run in this order; others are closed before. */
    private boolean accepts(FrontendMessage message) {
        return switch (message) {
            case FrontendMessage.Close _ -> text == null;
            case FrontendMessage.Parse parse -> {
                boolean isFirst = text == null;
                text = parse.statement();
                name = parse.name();
                prepared = name.isEmpty() ? null : answers.preparation(parse).orElse(null);
                yield isFirst && parse.parameterTypes().isEmpty() && (name.isEmpty() || prepared != null);
            }
            case FrontendMessage.Bind bind -> {
                format = bind.resultFormats().isEmpty()
                        ? Format.TEXT
                        : bind.resultFormats().getFirst();
                yield isOf(bind.statement())
                        && bind.portal().isEmpty()
                        && bind.arguments().values().isEmpty()
                        && bind.resultFormats().size() <= 1
                        && !has(FrontendMessage.Bind.class);
            }
            case FrontendMessage.Describe(Target target, String described) ->
                target == Target.STATEMENT ? isOf(described) : described.isEmpty() && has(FrontendMessage.Bind.class);
            case FrontendMessage.Execute(String portal, int maxRows) ->
                portal.isEmpty()
                        && maxRows <= 1
                        && has(FrontendMessage.Bind.class)
                        && !has(FrontendMessage.Execute.class);
            default -> message instanceof FrontendMessage.Flush;
        };
    }

    /** The batch's one statement is meant. It may be one from before. */
    private boolean isOf(String statement) {
        if (text == null && !statement.isEmpty()) {
            text = answers.ping(statement).orElse(null);
            name = statement;
        }
        return text != null && name.equals(statement);
    }

    private boolean has(Class<? extends FrontendMessage> kind) {
        return asked.stream().anyMatch(kind::isInstance);
    }

    private Optional<List<BackendMessage>> answered() {
        if (text == null && has(FrontendMessage.Close.class)) {
            return Optional.of(inOrder(List.of()));
        }
        return text != null && (has(FrontendMessage.Execute.class) || isPreparingOnly())
                ? answers.answer(text).map(this::inOrder)
                : Optional.empty();
    }

    private List<BackendMessage> inOrder(List<BackendMessage> answer) {
        var columns = answer.stream()
                .filter(BackendMessage.RowDescription.class::isInstance)
                .findFirst();
        for (var message : asked) {
            switch (message) {
                case FrontendMessage.Close(Target target, String name) -> close(target, name);
                case FrontendMessage.Parse _ -> parse();
                case FrontendMessage.Bind _ -> told.add(new BackendMessage.BindComplete());
                case FrontendMessage.Describe(Target target, String _) -> describe(target, columns);
                case FrontendMessage.Execute(String _, int maxRows) -> run(answer, maxRows);
                default -> {
                    // A flush has no answer.
                }
            }
        }
        return told;
    }

    private void parse() {
        if (prepared != null) {
            answers.prepare(name, prepared);
        }
        told.add(new BackendMessage.ParseComplete());
    }

    /** There is no portal without a server, and closing what there is not is no error. */
    private void close(Target target, String name) {
        if (target == Target.STATEMENT) {
            answers.close(name);
        }
        told.add(new BackendMessage.CloseComplete());
    }

    private void describe(Target target, Optional<BackendMessage> columns) {
        if (target == Target.STATEMENT) {
            told.add(new BackendMessage.ParameterDescription(List.of()));
        }
        told.add(columns.map(message -> target == Target.STATEMENT ? message : inFormat(message))
                .orElseGet(BackendMessage.NoData::new));
    }

    private BackendMessage inFormat(BackendMessage message) {
        return message instanceof BackendMessage.RowDescription(var columns)
                ? new BackendMessage.RowDescription(
                        columns.stream().map(column -> column.in(format)).toList())
                : message;
    }

    /** Postgres does not look whether there is a row beyond those that were asked for. */
    private void run(List<BackendMessage> answer, int maxRows) {
        boolean isCut = maxRows > 0 && answer.stream().anyMatch(BackendMessage.DataRow.class::isInstance);
        boolean isNumber = answer.stream()
                .anyMatch(message -> message instanceof BackendMessage.RowDescription(var columns)
                        && columns.getFirst().type() == Column.INTEGER_TYPE);
        answer.stream()
                .filter(message -> !(message instanceof BackendMessage.RowDescription))
                .map(message -> isNumber && format == Format.BINARY ? inBinary(message) : message)
                .map(message -> isCut && message instanceof BackendMessage.CommandComplete
                        ? new BackendMessage.PortalSuspended()
                        : message)
                .forEach(told::add);
    }

    private static BackendMessage inBinary(BackendMessage message) {
        if (!(message instanceof BackendMessage.DataRow(var values)) || values.getFirst() == null) {
            return message;
        }
        int number = Integer.parseInt(values.getFirst().toText());
        var bytes = new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        return new BackendMessage.DataRow(List.of(Bytes.copyOf(bytes)));
    }
}
