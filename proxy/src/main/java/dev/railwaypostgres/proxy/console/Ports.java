package dev.railwaypostgres.proxy.console;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;

/**
 * What the console needs of the process around it.
 *
 * @param config all settings, none of them secret
 * @param clients how many connections from clients there are, logged in or not
 */
public record Ports(List<ConfigLine> config, IntSupplier clients, Program program) {
    public Ports {
        config = List.copyOf(config);
    }

    /** The process as a whole. */
    public interface Program {
        /** Reads anew what can be read anew. Fails with a sentence if something is not good; what was before stays. */
        CompletionStage<Void> reload();

        void end(End how);
    }

    /** How a process ends. */
    public enum End {
        /** At once. */
        NOW,
        /** No client is let in any more; when the last one has left. */
        AFTER_CLIENTS,
        /** No client is let in any more; when no server connection is in use. */
        AFTER_SERVERS
    }
}
