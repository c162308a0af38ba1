package dev.railwaypostgres.proxy.manage;

/** What is counted of one database since this replica began to serve it. Confined to its event loop. */
public final class DatabaseMetrics {
    private final Latencies logins = new Latencies();
    private final Latencies waits = new Latencies();
    private final Latencies wakes = new Latencies();
    private final Latencies queries = new Latencies();
    private final Latencies transactions = new Latencies();
    private long received;
    private long sent;

    public Latencies logins() {
        return logins;
    }

    public Latencies waits() {
        return waits;
    }

    public Latencies wakes() {
        return wakes;
    }

    public Latencies queries() {
        return queries;
    }

    public Latencies transactions() {
        return transactions;
    }

    /** Bytes from clients. */
    public void received(int bytes) {
        received += bytes;
    }

    /** Bytes to clients. */
    public void sent(int bytes) {
        sent += bytes;
    }

    public long received() {
        return received;
    }

    public long sent() {
        return sent;
    }
}
