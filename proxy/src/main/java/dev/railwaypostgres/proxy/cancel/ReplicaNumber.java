package dev.railwaypostgres.proxy.cancel;

import java.net.InetSocketAddress;
import java.util.zip.CRC32;

/**
 * What a process id tells of the replica that gave it: eleven bits made of the replica's address, so that nobody has to hand
 * out numbers. Two replicas may have the same; then both are asked.
 */
record ReplicaNumber(int value) {
    private static final int BITS = 11;
    private static final int SESSION_BITS = 20;

    /** Process ids of one replica: as many sessions as it can tell apart at one time. */
    static final int SESSIONS = 1 << SESSION_BITS;

    static ReplicaNumber of(InetSocketAddress replica) {
        var sum = new CRC32();
        sum.update(replica.getAddress().getAddress());
        sum.update(replica.getPort() >> Byte.SIZE);
        sum.update(replica.getPort());
        return new ReplicaNumber((int) sum.getValue() & ((1 << BITS) - 1));
    }

    static ReplicaNumber in(int processId) {
        return new ReplicaNumber(processId >>> SESSION_BITS);
    }

    /** Never negative; some clients would mind. */
    int processId(int session) {
        return (value << SESSION_BITS) | (session & (SESSIONS - 1));
    }
}
