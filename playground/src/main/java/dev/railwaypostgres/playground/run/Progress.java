package dev.railwaypostgres.playground.run;

import java.io.PrintStream;
import java.util.Locale;

/** Tells a waiting person what goes on, with the seconds since the start. */
public final class Progress {
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintStream out;
    private final long start = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** One sentence. */
    public void say(String sentence) {
        out.println(String.format(Locale.ROOT, "%7.1f s  %s", seconds(), sentence));
        out.flush();
    }

    double seconds() {
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }
}
