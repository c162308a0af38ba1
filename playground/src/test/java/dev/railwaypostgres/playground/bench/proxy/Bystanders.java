package dev.railwaypostgres.playground.bench.proxy;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everybody else on this machine, from a moment on. What they use is missing to those that are measured, and makes figures
 * of two runs incomparable.
 */
final class Bystanders {
    /** Processors' worth of work by others above which figures prove nothing. */
    private static final double LIMIT = 0.2;

    private static final double NANOS_PER_SECOND = 1e9;

    private final long since = System.nanoTime();
    private final double before;

    private Bystanders(double before) {
        this.before = before;
    }

    static Bystanders watch() throws IOException {
        return new Bystanders(used());
    }

    /** @param processors that others kept busy, on average; those of other machines on this hardware too */
    record Load(double processors) {
        boolean isLight() {
            return processors <= LIMIT;
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "others used %.2f of %d processors%s",
                    processors,
                    Runtime.getRuntime().availableProcessors(),
                    isLight() ? "" : ": more than " + LIMIT + ", so THIS TABLE DOES NOT COUNT");
        }
    }

    /** What they have used since then. */
    Load load() throws IOException {
        var seconds = (System.nanoTime() - since) / NANOS_PER_SECOND;
        return new Load(Math.max(0, used() - before) / seconds);
    }

    /** Seconds, of all processes but this one, its children and theirs; whoever has ended counts with its parent. */
    private static double used() throws IOException {
        var self = ProcessHandle.current();
        Set<Long> ours = Stream.concat(Stream.of(self), self.descendants())
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        return ProcessFigures.stolen()
                + ProcessHandle.allProcesses()
                        .map(ProcessHandle::pid)
                        .filter(pid -> !ours.contains(pid))
                        .mapToDouble(Bystanders::cpu)
                        .sum();
    }

    private static double cpu(long pid) {
        try {
            return new ProcessFigures(pid).cpuWithChildren();
        } catch (IOException _) {
            // It has just ended; its parent knows what it used.
            return 0;
        }
    }
}
