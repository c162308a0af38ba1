package dev.railwaypostgres.proxy.server;

import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of the kernel's ways of doing I/O to use. The fastest, io_uring, is not allowed everywhere, and with it a client that
 * vanishes by a reset is sometimes noticed late, so it has to be asked for.
 */
public enum TransportChoice {
    AUTO,
    IO_URING,
    EPOLL,
    NIO;

    /**
     * @throws IllegalArgumentException for anything but {@code auto}, {@code io_uring}, {@code epoll} and {@code nio}
     */
    public static TransportChoice parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The transport itself: the one named, else the first that works here; NIO if what is named does not. */
    public Transport transport() {
        return candidates().stream()
                .flatMap(candidate -> Optional.<Transport>ofNullable(candidate).stream())
                .filter(Transport::available)
                .findFirst()
                .orElse(Transport.NIO);
    }

    private List<@Nullable Transport> candidates() {
        return switch (this) {
            case AUTO -> java.util.Arrays.asList(Transport.EPOLL, Transport.NIO);
            case IO_URING -> java.util.Arrays.asList(Transport.IO_URING);
            case EPOLL -> java.util.Arrays.asList(Transport.EPOLL);
            case NIO -> java.util.Arrays.asList(Transport.NIO);
        };
    }
}
