package dev.railwaypostgres.operator.database;

import dev.railwaypostgres.postgres.Lsn;
import dev.railwaypostgres.sleep.SleepBarrier;
import java.util.ArrayList;
import java.util.List;

/** An archive that says of everything what the test makes it say. */
final class FakeArchive implements SleepBarrier {
    final List<Lsn> asked = new ArrayList<>();
    Passage answer = new Passed();

    @Override
    public Passage passage(String databaseUid, Lsn position) {
        asked.add(position);
        return answer;
    }
}
