package dev.railwaypostgres.playground.conformance.fuzz;

import dev.railwaypostgres.playground.conformance.wire.ClientMessage;
import dev.railwaypostgres.playground.conformance.wire.WireClient;

/** In the life of a client that has logged in. */
enum Moment {
    IDLE {
        @Override
        void bring(WireClient client) {}
    },
    IN_A_TRANSACTION {
        @Override
        void bring(WireClient client) {
            client.send(ClientMessage.query("BEGIN; INSERT INTO t VALUES (1)"));
            client.await("ReadyForQuery");
        }
    },
    IN_A_FAILED_TRANSACTION {
        @Override
        void bring(WireClient client) {
            client.send(ClientMessage.query("BEGIN; SELECT nonsense"));
            client.await("ReadyForQuery");
        }
    },
    IN_A_ROUND {
        @Override
        void bring(WireClient client) {
            client.send(ClientMessage.bytes("Parse s1 \"SELECT $1::int\""));
            client.send(ClientMessage.bytes("Flush"));
            client.await("ParseComplete");
        }
    },
    IN_A_FAILED_ROUND {
        @Override
        void bring(WireClient client) {
            client.send(ClientMessage.bytes("Parse s1 \"SELECT nonsense\""));
            client.send(ClientMessage.bytes("Flush"));
            client.await("ErrorResponse");
        }
    },
    AT_A_ROW_LIMIT {
        @Override
        void bring(WireClient client) {
            client.send(ClientMessage.bytes("Parse \"\" \"SELECT generate_series(1, 100)\""));
            client.send(ClientMessage.bytes("Bind \"\" \"\""));
            client.send(ClientMessage.bytes("Execute \"\" 1"));
            client.send(ClientMessage.bytes("Flush"));
            client.await("PortalSuspended");
        }
    },
    COPYING_IN {
        @Override
        void bring(WireClient client) {
            client.send(ClientMessage.query("COPY t FROM STDIN"));
            client.await("CopyInResponse");
        }
    },
    COPYING_OUT {
        @Override
        void bring(WireClient client) {
            client.send(
                    ClientMessage.query("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 10000)) TO STDOUT"));
            client.await("CopyData");
        }
    };

    abstract void bring(WireClient client);
}
