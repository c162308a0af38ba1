package dev.railwaypostgres.proxy.park;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The settings and the channels of one session. What is done in a transaction counts when it is committed; what is rolled
 * back, as a whole or to a savepoint, has never been.
 */
final class SettingsMemory {
    /** What the session began with, and comes back to; what is native to its server connections is not among it. */
    private final Settings initial;

    private Settings settings;
    private Set<String> channels = Set.of();

    /** Done in the open transaction, savepoints among them. */
    private List<Change> uncommitted = List.of();

    SettingsMemory(Settings initial) {
        this.initial = initial;
        this.settings = initial;
    }

    Settings settings() {
        return settings;
    }

    /** What the session listens to. */
    Set<String> channels() {
        return channels;
    }

    boolean hasUncommitted() {
        return !uncommitted.isEmpty();
    }

    /** The server has done so, in a transaction that may be open or end at once. */
    void done(Change change) {
        switch (change) {
            case Change.RollbackToSavepoint(String name) -> rollBackTo(name);
            case Change.ReleaseSavepoint(String name) -> release(name);
            case Change.Savepoint _ -> note(change);
            case Change.Set _, Change.Reset _, Change.DiscardAll _, Change.Listen _, Change.Unlisten _ -> note(change);
            case Change.Prepare _, Change.Deallocate _ -> {
                // No transaction takes that back.
            }
        }
    }

    private void note(Change change) {
        if (uncommitted.isEmpty()) {
            uncommitted = new ArrayList<>();
        }
        uncommitted.add(change);
    }

    /** The savepoint itself stays. */
    private void rollBackTo(String name) {
        int savepoint = uncommitted.lastIndexOf(new Change.Savepoint(name));
        if (savepoint < 0) {
            uncommitted = List.of();
        } else {
            uncommitted.subList(savepoint + 1, uncommitted.size()).clear();
        }
    }

    private void release(String name) {
        int savepoint = uncommitted.lastIndexOf(new Change.Savepoint(name));
        if (savepoint >= 0) {
            uncommitted.subList(savepoint, uncommitted.size()).removeIf(Change.Savepoint.class::isInstance);
        }
    }

    void commit() {
        var all = uncommitted;
        uncommitted = List.of();
        all.forEach(this::apply);
    }

    void rollBack() {
        uncommitted = List.of();
    }

    void apply(Change change) {
        switch (change) {
            case Change.Set set -> set.statements().forEach(this::set);
            case Change.Reset(String name, String _) -> settings = settings.reset(name, initial);
            case Change.DiscardAll _ -> {
                settings = initial;
                channels = Set.of();
            }
            case Change.Listen(String channel) -> {
                channels = new LinkedHashSet<>(channels);
                channels.add(channel);
            }
            case Change.Unlisten(String channel) -> unlisten(channel);
            case Change.Savepoint _,
                    Change.ReleaseSavepoint _,
                    Change.RollbackToSavepoint _,
                    Change.Prepare _,
                    Change.Deallocate _ -> {
                // Nothing is left of these.
            }
        }
    }

    private void set(String name, String statement) {
        settings = settings.with(name, statement);
    }

    private void unlisten(String channel) {
        if (channel.equals("*")) {
            channels = Set.of();
        } else if (channels.contains(channel)) {
            channels = new LinkedHashSet<>(channels);
            channels.remove(channel);
        }
    }

    /** The server itself has told what there is. */
    void replace(Settings now, Set<String> listensTo) {
        settings = now;
        channels = Set.copyOf(listensTo);
    }
}
