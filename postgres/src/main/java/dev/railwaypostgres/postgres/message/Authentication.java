package dev.railwaypostgres.postgres.message;

import dev.railwaypostgres.postgres.Bytes;
import java.util.List;

/** What a server asks for, or says, while a client logs in. */
public sealed interface Authentication extends BackendMessage {
    /** The login is done; settings and {@code ReadyForQuery} follow. */
    record Ok() implements Authentication {}

    record CleartextPassword() implements Authentication {}

    record Md5Password(Bytes salt) implements Authentication {}

    record Sasl(List<String> mechanisms) implements Authentication {
        public Sasl {
            mechanisms = List.copyOf(mechanisms);
        }
    }

    record SaslContinue(Bytes data) implements Authentication {}

    record SaslFinal(Bytes data) implements Authentication {}

    /** Kerberos, GSS, SSPI and whatever comes later. */
    record Unsupported(int code) implements Authentication {}
}
