package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.archive.backup.ServerFacts;
import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.postgres.SqlState;
import dev.railwaypostgres.postgres.Timeline;
import dev.railwaypostgres.postgres.message.FrontendDecoder;
import dev.railwaypostgres.postgres.message.FrontendMessage;
import dev.railwaypostgres.postgres.message.FrontendTag;
import dev.railwaypostgres.postgres.replication.ReplicationCommand;
import dev.railwaypostgres.postgres.replication.SlotName;
import dev.railwaypostgres.postgres.socket.MessageChannel;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** One session of a client that has been let in: answers commands until it ends. Keeps nothing between them. */
final class ArchiveSession {
    private final MessageChannel channel;
    private final Answers answers;
    private final ServedDatabase database;
    private final ServerFacts facts;

    ArchiveSession(MessageChannel channel, ServedDatabase database) {
        this.channel = channel;
        this.answers = new Answers(channel);
        this.database = database;
        this.facts = database.facts();
    }

    void serve() throws IOException, InterruptedException {
        while (true) {
            var frame = channel.next();
            switch (frame.tag()) {
                case FrontendTag.QUERY -> {
                    if (FrontendDecoder.decode(frame.tag(), frame.body()) instanceof FrontendMessage.Query(var text)) {
                        answer(text);
                    }
                }
                case FrontendTag.TERMINATE -> {
                    return;
                }
                // What a client sent before it knew that its copy had failed.
                case FrontendTag.COPY_DATA, FrontendTag.COPY_DONE, FrontendTag.COPY_FAIL -> {}
                default -> throw new ProtocolViolation("an archive takes simple queries only");
            }
        }
    }

    private void answer(String text) throws IOException, InterruptedException {
        try {
            switch (CommandReader.read(text)) {
                case ReplicationCommand.IdentifySystem _ -> identify();
                case ReplicationCommand.Show(String setting) -> show(setting);
                case ReplicationCommand.History(Timeline timeline) -> history(timeline);
                case ReplicationCommand.CreateSlot(SlotName slot, boolean _) -> createSlot(slot);
                case ReplicationCommand.ReadSlot _ -> noSlot();
                case ReplicationCommand.DropSlot _ ->
                    throw new Refusal(SqlState.UNDEFINED_OBJECT, "an archive keeps no slots");
                case ReplicationCommand.StartReplication start ->
                    new WalSender(channel, answers, database.log()).send(start);
                case ReplicationCommand.BaseBackup(var options) -> new BackupSender(answers, database).send(options);
            }
        } catch (Refusal refusal) {
            answers.refuse(refusal);
        }
    }

    private void identify() throws IOException {
        var log = database.log();
        answers.answer(
                Answers.Table.of("systemid", "timeline", "xlogpos", "dbname")
                        .row(
                                facts.system().toString(),
                                log.timeline().toString(),
                                log.end().toString(),
                                null),
                "IDENTIFY_SYSTEM");
    }

    private void show(String setting) throws IOException, Refusal {
        answers.answer(Answers.Table.of(setting).row(value(setting)), "SHOW");
    }

    private String value(String setting) throws Refusal {
        return switch (setting) {
            case "wal_segment_size" -> (facts.walSegmentSize() >> 20) + "MB";
            case "data_directory_mode" -> "0700";
            case "data_checksums" -> facts.pageChecksums() ? "on" : "off";
            case "block_size" -> "8192";
            case "server_version" -> facts.versionText();
            case "server_version_num" -> Integer.toString(facts.version());
            default ->
                throw new Refusal(
                        SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"%s\"".formatted(setting));
        };
    }

    private void history(Timeline timeline) throws IOException, Refusal {
        var name = "%08X.history".formatted(timeline.number());
        Optional<Bytes> content = database.log().history(timeline);
        if (content.isEmpty()) {
            throw new Refusal(Refusal.UNDEFINED_FILE, "the archive has no file \"%s\"".formatted(name));
        }
        answers.answer(
                Answers.Table.of("filename", "content").rowOf(Arrays.asList(Bytes.of(name), content.get())),
                "TIMELINE_HISTORY");
    }

    /** Nothing has to be held back for a slot: what is stored stays. */
    private void createSlot(SlotName slot) throws IOException {
        answers.answer(
                Answers.Table.of("slot_name", "consistent_point", "snapshot_name", "output_plugin")
                        .row(slot.toString(), Lsn.INVALID.toString(), null, null),
                "CREATE_REPLICATION_SLOT");
    }

    private void noSlot() throws IOException {
        answers.answer(
                Answers.Table.of("slot_type", "restart_lsn", "restart_tli").row(null, null, null),
                "READ_REPLICATION_SLOT");
    }
}
