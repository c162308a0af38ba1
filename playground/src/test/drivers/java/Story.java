import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Says a line of JSON after each step, and goes on when it is told a line. */
final class Story {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final long LIMIT_SECONDS = 10;
    private static boolean isBegun;

    private Story() {}

    /** The driver has no such thing. */
    static final class Lacking extends Exception {
        Lacking(String what) {
            super(what);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    /** @param work returns what there is to say about it */
    static void step(String name, Callable<String> work) throws IOException {
        if (isBegun && System.in.read() < 0) {
            System.exit(0);
        }
        isBegun = true;
        var running = THREADS.submit(work);
        try {
            say(name, "true", running.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException problem) {
            var cause = problem.getCause();
            cause.printStackTrace();
            say(name, cause instanceof Lacking ? "null" : "false", String.valueOf(cause));
        } catch (InterruptedException | TimeoutException problem) {
            // What it began may go on, and would spoil the steps that come.
            say(name, "false", problem.toString());
            System.exit(1);
        }
    }

    static Callable<String> lacking(String what) {
        return () -> {
            throw new Lacking(what);
        };
    }

    private static void say(String name, String ok, String detail) {
        var escaped = detail.replaceAll("[\\\\\"]", "\\\\$0").replaceAll("\\s+", " ");
        System.out.println("{\"name\": \"%s\", \"ok\": %s, \"detail\": \"%s\"}".formatted(name, ok, escaped));
    }

    static void expect(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but got " + actual);
        }
    }
}
