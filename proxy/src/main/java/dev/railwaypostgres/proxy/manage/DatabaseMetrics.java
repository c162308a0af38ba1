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
    private long leases;
    private long clientParses;
    private long serverParses;
    private long binds;

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

    /** A server connection was lent. */
    public void leased() {
        leases++;
    }

    /** A client has asked for a prepared statement. */
    public void parsedForClient() {
        clientParses++;
    }

    /** A server was asked for a prepared statement. */
    public void parsedAtServer() {
        serverParses++;
    }

    /** A client has used a prepared statement. */
    public void bound() {
        binds++;
    }

    public long received() {
        return received;
    }

    public long sent() {
        return sent;
    }

    long leases() {
        return leases;
    }

    long clientParses() {
        return clientParses;
    }

    long serverParses() {
        return serverParses;
    }

    long binds() {
        return binds;
    }
}
