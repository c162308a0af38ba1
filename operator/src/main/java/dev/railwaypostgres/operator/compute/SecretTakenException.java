package dev.railwaypostgres.operator.compute;

/** A Secret of a name that a database needs is not the database's, so it is neither read nor changed. */
public final class SecretTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private SecretTakenException(String sentence, boolean passing) {
        super(sentence);
        this.passing = passing;
    }

    static SecretTakenException byStranger(String name) {
        return new SecretTakenException(
                "The Secret " + name + " was there before the database. Delete it, or give the database another name.",
                false);
    }

    static SecretTakenException byPredecessor(String name) {
        return new SecretTakenException(
                "The Secret " + name + " is still that of a deleted database of the same name.", true);
    }

    /** Whether it goes by itself. */
    public boolean isPassing() {
        return passing;
    }
}
