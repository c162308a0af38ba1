package dev.railwaypostgres.proxy.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringSocketChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * Lets the kernel ask a silent other end whether it is still there. One that has vanished without a word (a host that lost
 * its power, a firewall that has forgotten the connection) is gone after a minute and a half, instead of the kernel's usual
 * two hours; its transaction is rolled back then.
 *
 * <p>There is no limit for sent bytes that wait ({@code TCP_USER_TIMEOUT}): the kernel counts it for an end that is there
 * and only does not read, too, and whoever works on the rows it has must not lose the rest.
 *
 * @param idle seconds of silence before the first question
 * @param interval seconds between two questions
 * @param count of questions without an answer
 */
public record KeepAlive(ChannelOption<Integer> idle, ChannelOption<Integer> interval, ChannelOption<Integer> count) {
    private static final int IDLE_SECONDS = 60;
    private static final int INTERVAL_SECONDS = 10;
    private static final int COUNT = 3;

    /** For a socket that has {@code SO_KEEPALIVE}. */
    public static void quicken(Channel socket) {
        var options = of(socket);
        var config = socket.config();
        config.setOption(options.idle, IDLE_SECONDS);
        config.setOption(options.interval, INTERVAL_SECONDS);
        config.setOption(options.count, COUNT);
    }

    /** Each transport has its own names for them. */
    private static KeepAlive of(Channel socket) {
        return switch (socket) {
            case EpollSocketChannel _ ->
                new KeepAlive(
                        EpollChannelOption.TCP_KEEPIDLE,
                        EpollChannelOption.TCP_KEEPINTVL,
                        EpollChannelOption.TCP_KEEPCNT);
            case IoUringSocketChannel _ ->
                new KeepAlive(
                        IoUringChannelOption.TCP_KEEPIDLE,
                        IoUringChannelOption.TCP_KEEPINTVL,
                        IoUringChannelOption.TCP_KEEPCNT);
            default ->
                new KeepAlive(
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT));
        };
    }
}
