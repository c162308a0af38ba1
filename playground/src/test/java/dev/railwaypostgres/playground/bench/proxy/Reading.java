package dev.railwaypostgres.playground.bench.proxy;

import java.util.Map;

/** What one run showed. */
record Reading(Map<Measure, Double> values) {
    Reading {
        values = Map.copyOf(values);
    }

    static Reading of(Measure measure, double value) {
        return new Reading(Map.of(measure, value));
    }

    double of(Measure measure) {
        var value = values.get(measure);
        if (value == null) {
            throw new IllegalArgumentException("this run did not show " + measure);
        }
        return value;
    }
}
