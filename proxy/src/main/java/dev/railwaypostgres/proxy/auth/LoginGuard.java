package dev.railwaypostgres.proxy.auth;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.proxy.manage.ProxyMetrics;
import dev.railwaypostgres.proxy.route.DatabaseRef;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes guessing passwords slow. Wrong ones put their address, and that address with that role, into debt; those in debt
 * wait before their next try begins, and are sent away when the wait would be long. An address from which a role has
 * logged in before is held back only by what that role does there, and never sent away: others' failures do not lock
 * anybody out. Costs no thread, no wake and no word to a database. Confined to its event loop.
 */
public final class LoginGuard {
    /** A try that has to wait longer is refused. Shorter than any driver's patience for a login. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Debts.Terms OF_A_NETWORK = new Debts.Terms(20, Duration.ofSeconds(2), Duration.ofMinutes(10));
    private static final Debts.Terms OF_A_ROLE = new Debts.Terms(5, Duration.ofSeconds(2), Duration.ofMinutes(10));
    private static final int REMEMBERED = 10_000;

    /** A role's name has no more bytes; a startup packet has room for many more characters, which are not to be remembered. */
    private static final int NAME_LENGTH = 64;

    private static final Logger LOG = LoggerFactory.getLogger(LoginGuard.class);

    /** One role as one address tries it; names that do not exist are treated alike. */
    public record Attempt(ClientAddress from, DatabaseRef database, String role) {
        private Who who() {
            return new Who(from.network(), database, role.substring(0, Math.min(role.length(), NAME_LENGTH)));
        }
    }

    private record Who(InetAddress network, DatabaseRef database, String role) {}

    /** What becomes of a try. */
    public sealed interface Answer {
        /** @param in zero: now */
        record Begin(Duration in) implements Answer {}

        record Refuse(Duration tryAgainIn) implements Answer {}
    }

    private final Bytes shared;
    private final ProxyMetrics metrics;
    private final Debts<InetAddress> networks;
    private final Debts<Who> roles;
    private final Recent<Who, Boolean> proven = new Recent<>(REMEMBERED);

    /**
     * @param shared by all replicas, or a role that does not exist would show itself by looking different at each
     * @param clock in nanoseconds, as {@link System#nanoTime}
     */
    public LoginGuard(Bytes shared, ProxyMetrics metrics, LongSupplier clock) {
        this.shared = shared;
        this.metrics = metrics;
        this.networks = new Debts<>(OF_A_NETWORK, REMEMBERED, clock);
        this.roles = new Debts<>(OF_A_ROLE, REMEMBERED, clock);
    }

    public Answer ask(Attempt attempt) {
        var who = attempt.who();
        var wait = roles.owed(who);
        if (proven.get(who) != null) {
            return held(shorter(wait, LONGEST_WAIT));
        }
        wait = longer(wait, networks.owed(who.network()));
        return wait.compareTo(LONGEST_WAIT) > 0 ? new Answer.Refuse(wait) : held(wait);
    }

    /** What whoever tries a role that does not exist gets to see of it. No password opens it. */
    public ScramVerifier standIn(Attempt attempt) {
        return ScramVerifier.mock(attempt.database() + "/" + attempt.role(), shared);
    }

    private Answer held(Duration wait) {
        if (wait.isPositive()) {
            metrics.loginHeldBack();
        }
        return new Answer.Begin(wait);
    }

    public void succeeded(Attempt attempt) {
        proven.put(attempt.who(), true);
    }

    public void failed(Attempt attempt) {
        var who = attempt.who();
        boolean wasFine = roles.owed(who).isZero();
        roles.charge(who);
        networks.charge(who.network());
        if (wasFine && roles.owed(who).isPositive()) {
            LOG.atInfo()
                    .addKeyValue("client", attempt.from())
                    .addKeyValue("database", attempt.database())
                    .addKeyValue("role", who.role())
                    .log("many wrong passwords from one address; its logins are slowed down");
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
