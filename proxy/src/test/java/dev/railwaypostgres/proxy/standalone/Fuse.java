package dev.railwaypostgres.proxy.standalone;

/** Kills the proxy right after one of its effects on the world. Counts them all. */
final class Fuse {
    private int effects;
    private int deadly = Integer.MAX_VALUE;

    /** The proxy dies after the effect of that number, from 1. */
    void blowAfter(int effect) {
        deadly = effect;
    }

    int effects() {
        return effects;
    }

    void effect() {
        effects++;
        if (effects == deadly) {
            throw new Crash();
        }
    }
}
