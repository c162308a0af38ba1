package dev.railwaypostgres.playground.simulator.railway;

/** One root field of a document: who asks, and with which arguments. */
record Call(Row.Token caller, Arguments arguments) {
    Reach in(State state) {
        return new Reach(caller, state);
    }

    /** The arguments of a mutation that takes one {@code input}. */
    Arguments input() {
        return arguments.input();
    }
}
