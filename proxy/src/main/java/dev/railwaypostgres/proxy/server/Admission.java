package dev.railwaypostgres.proxy.server;

import dev.railwaypostgres.proxy.auth.ClientAddress;
import dev.railwaypostgres.proxy.manage.ProxyMetrics;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections that have not logged in yet, and ends each that has not done so in time: an attacker can have as
 * many as that and no more. Confined to its event loop.
 */
final class Admission {
    private final DoorConfig config;
    private final ProxyMetrics metrics;
    private final Map<InetAddress, Integer> byNetwork = new HashMap<>();
    private int all;

    Admission(DoorConfig config, ProxyMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    /** Counts a new connection; null: there are too many. */
    @Nullable
    Visit enter(Channel channel) {
        if (all >= config.logins()) {
            metrics.turnedAway();
            return null;
        }
        all++;
        return new Visit(channel);
    }

    /** One connection until it has logged in or is gone. */
    final class Visit {
        private final Channel channel;
        private @Nullable Future<?> deadline;
        private @Nullable ClientAddress from;

        private Visit(Channel channel) {
            this.channel = channel;
            this.deadline = channel.eventLoop()
                    .schedule(this::close, config.loginTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }

        /**
         * It is known now where the connection comes from.
         *
         * @return whether it may go on; if not, it is gone or being closed
         */
        boolean isFrom(ClientAddress address) {
            if (deadline == null) {
                return false;
            }
            if (byNetwork.getOrDefault(address.network(), 0) >= config.loginsPerAddress()) {
                metrics.turnedAway();
                close();
                return false;
            }
            from = address;
            byNetwork.merge(address.network(), 1, Integer::sum);
            return true;
        }

        private void close() {
            var _ = channel.close();
        }

        Optional<ClientAddress> from() {
            return Optional.ofNullable(from);
        }

        /** It counts no more. May be called again. */
        void end() {
            if (deadline == null) {
                return;
            }
            deadline.cancel(false);
            deadline = null;
            all--;
            if (from != null) {
                byNetwork.merge(from.network(), -1, (count, one) -> count + one == 0 ? null : count + one);
            }
        }
    }
}
