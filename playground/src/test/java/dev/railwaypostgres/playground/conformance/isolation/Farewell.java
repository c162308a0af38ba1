package dev.railwaypostgres.playground.conformance.isolation;

import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.WireClient;

/** How a client goes. */
enum Farewell {
    POLITE {
        @Override
        void leave(WireClient client) {
            client.leave();
        }
    },
    SUDDEN {
        @Override
        void leave(WireClient client) {
            client.close();
        }
    },
    RESET {
        @Override
        void leave(WireClient client) {
            client.reset();
        }
    },
    WITHIN_A_ROUND {
        @Override
        void leave(WireClient client) {
            client.send(ClientMessage.bytes("Parse left \"SET work_mem TO '66MB'\""));
            client.send(ClientMessage.bytes("Bind \"\" left"));
            client.send(ClientMessage.bytes("Execute \"\""));
            client.flush();
            client.close();
        }
    },
    WITHIN_A_MESSAGE {
        @Override
        void leave(WireClient client) {
            client.send(ClientMessage.query("SET work_mem TO '67MB'"));
            client.flush(9);
            client.reset();
        }
    },
    WITHIN_A_COPY {
        @Override
        void leave(WireClient client) {
            client.send(ClientMessage.query(
                    "ROLLBACK; CREATE TEMP TABLE IF NOT EXISTS copied (i int); COPY copied FROM STDIN"));
            client.send(ClientMessage.bytes("CopyData \"1\\n\""));
            client.flush();
            client.close();
        }
    };

    abstract void leave(WireClient client);
}
