package dev.railwaypostgres.operator.status;

/**
 * What is to be said of one condition, before it is known since when.
 *
 * @param message a sentence for a person: what is so, and the cure if something is wrong
 */
public record Claim(ConditionType type, Truth truth, Reason reason, String message) {

    /** The three values of a condition. */
    public enum Truth {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Truth(String text) {
            this.text = text;
        }

        /** As it stands in {@code status.conditions[].status}. */
        @Override
        public String toString() {
            return text;
        }
    }

    public static Claim holds(ConditionType type, Reason reason, String message) {
        return new Claim(type, Truth.TRUE, reason, message);
    }

    public static Claim fails(ConditionType type, Reason reason, String message) {
        return new Claim(type, Truth.FALSE, reason, message);
    }

    public static Claim unknown(ConditionType type, Reason reason, String message) {
        return new Claim(type, Truth.UNKNOWN, reason, message);
    }
}
