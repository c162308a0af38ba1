package dev.railwaypostgres.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a class during which an exception was caught by nobody, or a buffer released by nobody: both are logged. */
public final class QuietLog implements BeforeAllCallback, AfterAllCallback {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final String OURS = "dev.railwaypostgres.";

    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (isProblem(event)) {
                problems.add(event.getLoggerName() + ": " + event.getFormattedMessage()
                        + ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    };

    /** Our own warnings are for people who read logs. */
    private static boolean isProblem(ILoggingEvent event) {
        return event.getLevel().isGreaterOrEqual(Level.ERROR)
                || (event.getLevel().isGreaterOrEqual(Level.WARN)
                        && !event.getLoggerName().startsWith(OURS));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        listener.start();
        ROOT.addAppender(listener);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        bringLeaksToLight();
        ROOT.detachAppender(listener);
        assertThat(problems).isEmpty();
    }

    /** A lost buffer is noticed when it has been collected and the next one is made. */
    private static void bringLeaksToLight() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            for (int buffers = 0; buffers < 100; buffers++) {
                ByteBufAllocator.DEFAULT.buffer(16).release();
            }
        }
    }
}
