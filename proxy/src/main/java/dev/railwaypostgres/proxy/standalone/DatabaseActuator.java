package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.proxy.standalone.DatabaseObserver.Observation;
import dev.railwaypostgres.railway.model.ServiceId;
import dev.railwaypostgres.sleep.ComputeSight;
import dev.railwaypostgres.sleep.SleepStep;
import dev.railwaypostgres.sleep.watch.ComputeWatch;
import java.util.Objects;

/** Does the steps of a decision. Each may be done twice with the effect of once. */
final class DatabaseActuator {
    private final String database;
    private final RailwayEnvironment railway;
    private final ComputeWatch<String> watch;
    private final RoleKeeper roles;

    DatabaseActuator(String database, RailwayEnvironment railway, ComputeWatch<String> watch, RoleKeeper roles) {
        this.database = database;
        this.railway = railway;
        this.watch = watch;
        this.roles = roles;
    }

    /** Does one step; returns the memory with what is to be remembered of it. */
    Memory act(SleepStep step, Observation seen, Memory memory) {
        return switch (step) {
            case SleepStep.Checkpoint _ -> checkpoint(memory);
            case SleepStep.Fence _ -> {
                watch.fence(database);
                yield memory;
            }
            case SleepStep.EndIdleSessions end -> {
                watch.call(database, session -> {
                    session.terminateIdle(end.atLeast());
                    return true;
                });
                yield memory;
            }
            case SleepStep.LeaveCompute _ -> {
                watch.endSession(database);
                yield memory;
            }
            case SleepStep.ForceStop(SleepStep.Means means) -> {
                railway.stop(service(seen), means);
                yield memory;
            }
            case SleepStep.Deploy _ -> deploy(seen, memory);
            case SleepStep.ChangeSettings _ -> throw new IllegalStateException("settings on Railway are not ours");
        };
    }

    /** Who may log in cannot change any more while it sleeps, so this is the moment to keep it. */
    private Memory checkpoint(Memory memory) {
        var lsn = watch.call(database, session -> {
            var _ = roles.look(session);
            return session.checkpoint();
        });
        return memory.with(memory.state().checkpointed(lsn.toString()));
    }

    /** One that is alive and asked to start is known to hang. */
    private Memory deploy(Observation seen, Memory memory) {
        boolean hangs = seen.view().compute() instanceof ComputeSight.Alive;
        return memory.with(hangs ? railway.startAnew(service(seen)) : railway.start(service(seen)));
    }

    private static ServiceId service(Observation seen) {
        return Objects.requireNonNull(seen.service(), "Railway was not asked");
    }
}
