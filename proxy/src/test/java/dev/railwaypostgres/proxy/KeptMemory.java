package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

/** What the proxy's buffers take. */
final class KeptMemory {
    private KeptMemory() {}

    /** In bytes, by the allocator's whole chunks. Once somebody has been served, there are some. */
    static long now() {
        long used = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
        assertThat(used).as("memory of the allocator that sockets use").isPositive();
        return used;
    }
}
