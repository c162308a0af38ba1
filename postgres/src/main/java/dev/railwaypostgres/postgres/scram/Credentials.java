package dev.railwaypostgres.postgres.scram;

/** With what we log in to a server. */
public sealed interface Credentials {
    /** For those who were told it. Costs as many hashes as the server asks for. */
    record Password(String password) implements Credentials {
        @Override
        public String toString() {
            return "Password[***]";
        }
    }

    /**
     * For those who stand between. Works where the verifier stands that the key was won from, and costs nothing.
     *
     * @param key stays its owner's, and must live until the login is done
     */
    record Key(ClientKey key, ScramVerifier verifier) implements Credentials {}
}
