package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.bench.proxy.PgBench.Load;

/** What short transactions must reach, by the load. A single client follows the scheduler alone, so nothing is asked of it. */
final class TransactionBars {
    private TransactionBars() {}

    static Bar cpu(Load load) {
        if (load.isEncrypted()) {
            return new Bar.RatioAtMost(0.90);
        }
        return switch (load.protocol()) {
            case "simple" -> simpleCpu(load.clients());
            case "prepared" -> load.clients() >= 64 ? new Bar.RatioAtMost(0.65) : new Bar.None();
            default -> new Bar.None();
        };
    }

    private static Bar simpleCpu(int clients) {
        return switch (clients) {
            case 8 -> new Bar.RatioAtMost(1.00);
            case 64 -> new Bar.RatioAtMost(0.88);
            case 256 -> new Bar.RatioAtMost(0.93);
            default -> new Bar.None();
        };
    }

    static Bar rate(Load load) {
        if (load.isEncrypted() || load.clients() != 64) {
            return new Bar.None();
        }
        return switch (load.protocol()) {
            case "simple" -> new Bar.RatioAtLeast(1.08);
            case "prepared" -> new Bar.RatioAtLeast(1.25);
            default -> new Bar.None();
        };
    }

    static Bar p99(Load load) {
        return switch (load.clients()) {
            case 64 -> new Bar.RatioAtMost(1.00);
            case 256 -> new Bar.RatioAtMost(1.05);
            default -> new Bar.None();
        };
    }
}
