package dev.railwaypostgres.railway;

/** What Railway's plans allow one token. */
public enum Plan {
    HOBBY(1_000, 10),
    PRO(10_000, 50);

    private final int callsPerHour;
    private final int callsPerSecond;

    Plan(int callsPerHour, int callsPerSecond) {
        this.callsPerHour = callsPerHour;
        this.callsPerSecond = callsPerSecond;
    }

    public int callsPerHour() {
        return callsPerHour;
    }

    public int callsPerSecond() {
        return callsPerSecond;
    }
}
