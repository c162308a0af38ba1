package dev.railwaypostgres.postgres.scram;

import dev.railwaypostgres.postgres.Bytes;
import dev.railwaypostgres.postgres.scram.ScramFailure.Reason;

/** The keys that answer one challenge. */
record ProofKeys(ClientKey clientKey, Bytes serverKey, boolean own) {
    static ProofKeys of(Credentials credentials, Challenge challenge) {
        return switch (credentials) {
            case Credentials.Password(String password) -> derived(password, challenge);
            case Credentials.Key(ClientKey key, ScramVerifier verifier) -> fitting(key, verifier, challenge);
        };
    }

    private static ProofKeys derived(String password, Challenge challenge) {
        var salted =
                Sha256.stretch(Passwords.prepare(password), challenge.salt().toArray(), challenge.iterations());
        var clientKey = new ClientKey(Sha256.hmac(salted, "Client Key"));
        return new ProofKeys(clientKey, Bytes.copyOf(Sha256.hmac(salted, "Server Key")), true);
    }

    private static ProofKeys fitting(ClientKey key, ScramVerifier verifier, Challenge challenge) {
        if (verifier.iterations() != challenge.iterations() || !verifier.salt().equals(challenge.salt())) {
            throw new ScramFailure(Reason.STALE_KEY, "the server has another verifier for the role");
        }
        return new ProofKeys(key, verifier.serverKey(), false);
    }

    Bytes proof(String authMessage) {
        var signature = Sha256.hmac(clientKey.storedKey(), authMessage);
        return Bytes.copyOf(Sha256.xor(signature, clientKey.bytes()));
    }

    /** A key that was lent stays alive. */
    void destroyOwn() {
        if (own) {
            clientKey.destroy();
        }
    }
}
