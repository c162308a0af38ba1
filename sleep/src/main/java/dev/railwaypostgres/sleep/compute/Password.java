package dev.railwaypostgres.sleep.compute;

/** A password, which never shows itself. */
public record Password(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
