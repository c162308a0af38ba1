package dev.railwaypostgres.archive.server;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.postgres.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way to the newest timeline: its ancestors, and where each of them was left. Read from its history file. */
record TimelinePath(Timeline newest, List<Fork> forks) {
    /** @param next the timeline that went on from {@code position} */
    record Fork(Timeline timeline, Lsn position, Timeline next) {}

    TimelinePath {
        forks = List.copyOf(forks);
    }

    static TimelinePath of(LogSource log) throws IOException {
        var newest = log.timeline();
        var history = log.history(newest).map(Bytes::toText).orElse("");
        return parse(newest, history);
    }

    /**
     * Reads lines like {@code 1\t0/48068438\tno recovery target specified}.
     *
     * @throws IOException when a line is none
     */
    static TimelinePath parse(Timeline newest, String history) throws IOException {
        var lines = history.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        var forks = new ArrayList<Fork>();
        try {
            for (int i = 0; i < lines.size(); i++) {
                var words = lines.get(i).split("\\s+", 3);
                var next =
                        i + 1 < lines.size() ? Timeline.parse(lines.get(i + 1).split("\\s+", 2)[0]) : newest;
                forks.add(new Fork(Timeline.parse(words[0]), Lsn.parse(words[1]), next));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the history of timeline %s cannot be read".formatted(newest), e);
        }
        return new TimelinePath(newest, forks);
    }

    /** Where an ancestor was left; empty for the newest itself, and for strangers. */
    Optional<Fork> forkOf(Timeline timeline) {
        return forks.stream().filter(fork -> fork.timeline().equals(timeline)).findFirst();
    }

    boolean contains(Timeline timeline) {
        return timeline.equals(newest) || forkOf(timeline).isPresent();
    }
}
