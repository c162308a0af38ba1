package dev.railwaypostgres.playground.conformance;

import dev.railwaypostgres.playground.conformance.scene.Entrance;
import dev.railwaypostgres.playground.conformance.scene.Lane;

/** Where a script is played: with Postgres alone, or with the proxy before it. */
sealed interface Stage {
    Entrance entrance();

    void suspend();

    void holdBy(String reason);

    void verifyThatNobodyWoke();

    void cut();

    void terminate();

    record OfPostgres(Lane lane) implements Stage {
        @Override
        public Entrance entrance() {
            return lane::connectDirectly;
        }

        @Override
        public void suspend() {}

        @Override
        public void holdBy(String reason) {}

        @Override
        public void verifyThatNobodyWoke() {}

        @Override
        public void cut() {}

        @Override
        public void terminate() {}
    }

    record OfProxy(Lane lane) implements Stage {
        @Override
        public Entrance entrance() {
            return lane::connect;
        }

        @Override
        public void suspend() {
            lane.suspend();
        }

        @Override
        public void holdBy(String reason) {
            lane.holdBy(reason);
        }

        @Override
        public void verifyThatNobodyWoke() {
            lane.verifyThatNobodyWoke();
        }

        @Override
        public void cut() {
            lane.cut();
        }

        @Override
        public void terminate() {
            lane.terminate();
        }
    }
}
