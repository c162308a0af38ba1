package dev.railwaypostgres.proxy.session;

import java.util.List;

/** One decision: where the session stands now, and what is to be done. */
public record SessionStep(SessionState state, List<SessionEffect> effects) {
    public SessionStep {
        effects = List.copyOf(effects);
    }

    static SessionStep to(SessionState state, SessionEffect... effects) {
        return new SessionStep(state, List.of(effects));
    }
}
