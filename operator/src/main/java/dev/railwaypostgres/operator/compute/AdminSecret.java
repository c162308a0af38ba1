package dev.railwaypostgres.operator.compute;

import dev.railwaypostgres.postgres.scram.ScramVerifier;
import dev.railwaypostgres.sleep.compute.Password;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of the admin Secret.
 *
 * <p>The owner's password stands here too, so that a connection Secret that somebody deletes comes back with the password
 * that Postgres knows. Verifiers are kept because each new one would have another salt, and so look like a change.
 */
record AdminSecret(Password admin, String adminVerifier, Password owner, String ownerVerifier) {
    private static final String PASSWORD = "password";
    private static final String VERIFIER = "verifier";
    private static final String OWNER_PREFIX = "owner-";

    static String name(String database) {
        return database + "-admin";
    }

    /** Empty if an entry is missing. */
    static Optional<AdminSecret> from(Map<String, String> entries) {
        var complete = completed(entries).equals(entries);
        return complete ? Optional.of(read(entries)) : Optional.empty();
    }

    /** Makes what is missing, and keeps what is there: a password in use must not change. */
    static AdminSecret complete(Map<String, String> entries) {
        return read(completed(entries));
    }

    Map<String, String> entries() {
        return Map.of(
                PASSWORD,
                admin.value(),
                VERIFIER,
                adminVerifier,
                OWNER_PREFIX + PASSWORD,
                owner.value(),
                OWNER_PREFIX + VERIFIER,
                ownerVerifier);
    }

    Credentials credentials() {
        return new Credentials(admin, adminVerifier, ownerVerifier);
    }

    private static Map<String, String> completed(Map<String, String> entries) {
        Map<String, String> completed = new HashMap<>(entries);
        complete(completed, PASSWORD, VERIFIER);
        complete(completed, OWNER_PREFIX + PASSWORD, OWNER_PREFIX + VERIFIER);
        return completed;
    }

    private static void complete(Map<String, String> entries, String passwordKey, String verifierKey) {
        if (!entries.containsKey(passwordKey)) {
            entries.put(passwordKey, Passwords.random().value());
            entries.remove(verifierKey);
        }
        var password = entries.get(passwordKey);
        entries.computeIfAbsent(
                verifierKey, _ -> ScramVerifier.ofPassword(password).encoded());
    }

    private static AdminSecret read(Map<String, String> entries) {
        return new AdminSecret(
                new Password(entries.getOrDefault(PASSWORD, "")),
                entries.getOrDefault(VERIFIER, ""),
                new Password(entries.getOrDefault(OWNER_PREFIX + PASSWORD, "")),
                entries.getOrDefault(OWNER_PREFIX + VERIFIER, ""));
    }

    @Override
    public String toString() {
        return "AdminSecret[***]";
    }
}
