package dev.railwaypostgres.operator.failure;

import dev.railwaypostgres.operator.status.Reason;

/** A database that cannot be worked on as it is asked for; nothing is made from it until somebody changes something. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** @param sentence what is wrong, where, and the cure */
    public Refusal(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
