package dev.railwaypostgres.proxy.console;

import dev.railwaypostgres.proxy.failure.ProxyFailure;

/** One statement at the console. */
sealed interface Order {
    /** {@code SHOW}. */
    record Show(Topic topic) implements Order {}

    /** A question of drivers that has one known answer. */
    record Tell(String column, String value) implements Order {}

    /**
     * What drivers say of their own accord, and has no effect here.
     *
     * @param tag it is answered with
     */
    record Nod(String tag) implements Order {}

    /** @param argument empty for none */
    record Act(Action action, String argument) implements Order {}

    record Refuse(ProxyFailure why) implements Order {}

    /** What administrators may do. */
    enum Action {
        PAUSE(Takes.PERHAPS_SOMETHING),
        RESUME(Takes.PERHAPS_SOMETHING),
        RECONNECT(Takes.PERHAPS_SOMETHING),
        KILL(Takes.PERHAPS_SOMETHING),
        WAIT_CLOSE(Takes.PERHAPS_SOMETHING),
        DISABLE(Takes.SOMETHING),
        ENABLE(Takes.SOMETHING),
        KILL_CLIENT(Takes.SOMETHING),
        SHUTDOWN(Takes.PERHAPS_SOMETHING),
        RELOAD(Takes.NOTHING);

        final Takes takes;

        Action(Takes takes) {
            this.takes = takes;
        }
    }

    /** What may stand behind an action. */
    enum Takes {
        NOTHING,
        PERHAPS_SOMETHING,
        SOMETHING
    }
}
