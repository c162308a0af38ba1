package dev.railwaypostgres.sleep.compute;

import java.sql.SQLException;
import java.util.Locale;

/** What an error of the driver's says about the compute. States are those of the PostgreSQL manual, appendix A. */
final class ComputeFailures {
    private ComputeFailures() {}

    static ComputeException from(SQLException failure) {
        var message = String.valueOf(failure.getMessage());
        var state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "57P03" -> cannotConnectNow(message, failure);
            // 08004 is the driver's own: the server offers no TLS, no SCRAM or no channel binding, so is not ours.
            case "28P01", "28000", "08004" -> new ComputeException.LoginRefused(message, failure);
            // Our session was ended, or the driver waited in vain.
            case "57P01", "57P02", "57P05", "" -> new ComputeException.Unreachable(message, failure);
            default ->
                state.startsWith("08")
                        ? new ComputeException.Unreachable(message, failure)
                        : new ComputeException.Failed(message, failure);
        };
    }

    /** One state for both directions: only the text tells them apart. */
    private static ComputeException cannotConnectNow(String message, SQLException failure) {
        return message.toLowerCase(Locale.ROOT).contains("shutting down")
                ? new ComputeException.ShuttingDown(message, failure)
                : new ComputeException.StartingUp(message, failure);
    }
}
