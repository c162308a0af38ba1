package dev.railwaypostgres.playground.bench.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the kernel tells of one process. See {@code proc(5)}. */
record ProcessFigures(long pid) {
    /** {@code USER_HZ}, the same on all of Linux' own platforms. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double BYTES_PER_KILOBYTE = 1024;
    private static final int STOLEN = 8;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int CHILDREN_USER_TIME = 13;
    private static final int CHILDREN_SYSTEM_TIME = 14;

    /** Seconds of processor time that all its threads have used, those that have ended too. */
    double cpu() throws IOException {
        var fields = stat();
        return ticks(fields, USER_TIME) + ticks(fields, SYSTEM_TIME);
    }

    /** The same, with that of its children that have ended. */
    double cpuWithChildren() throws IOException {
        var fields = stat();
        return ticks(fields, USER_TIME)
                + ticks(fields, SYSTEM_TIME)
                + ticks(fields, CHILDREN_USER_TIME)
                + ticks(fields, CHILDREN_SYSTEM_TIME);
    }

    private static double ticks(List<String> fields, int index) {
        return Long.parseLong(fields.get(index)) / TICKS_PER_SECOND;
    }

    /** All that comes after the program's name, which may hold anything. */
    private List<String> stat() throws IOException {
        var line = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Arrays.asList(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
    }

    double residentBytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * BYTES_PER_KILOBYTE)
                    .findFirst()
                    .orElseThrow(() -> new IOException("no memory is told of process " + pid));
        }
    }

    /** Seconds of processor time that a hypervisor gave to others since this machine started. */
    static double stolen() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var fields = lines.findFirst().orElseThrow().split(" +", -1);
            return Long.parseLong(fields[STOLEN]) / TICKS_PER_SECOND;
        }
    }
}
