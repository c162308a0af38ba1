package dev.railwaypostgres.proxy.settings;

/**
 * The text of one setting.
 *
 * @param where it stands, for people who have to mend it
 * @param isSecret it comes from elsewhere, and may be a secret: it is never shown
 */
public record Given(String text, String where, boolean isSecret) {
    /** Never shows what may be a secret. */
    @Override
    public String toString() {
        return isSecret ? where : where + "=" + text;
    }
}
