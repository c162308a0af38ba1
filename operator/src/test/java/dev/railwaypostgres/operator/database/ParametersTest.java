package dev.railwaypostgres.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.crds.v1alpha1.Phase;
import dev.railwaypostgres.operator.status.ConditionType;
import dev.railwaypostgres.sleep.compute.ClientBackend.State;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the parameters of the spec come to Postgres. */
class ParametersTest {
    private static final Map<String, String> MEMORY = Map.of("work_mem", "16MB");
    private static final Map<String, String> WRONG = Map.of("work_mem", "nonsense");

    private final World world = new World();

    @BeforeEach
    void provision() {
        world.provision();
    }

    @Test
    void givesThemToARunningDatabaseAtOnceAndToRailwayForTheNextStart() {
        world.postgres.connect(1, State.ACTIVE);
        change(MEMORY);

        assertThat(parameters()).isEqualTo("work_mem = '16MB'");
        assertThat(world.status().phase()).isEqualTo(Phase.ACTIVE);
        assertThat(variable()).isEqualTo("work_mem = '16MB'");
        assertThat(world.railway.count("deploy")).isZero();
        assertThat(world.events).contains("ConfigurationApplied: Postgres is given new parameters: work_mem.");
    }

    @Test
    void takesThemBack() {
        change(MEMORY);
        change(Map.of());

        assertThat(parameters()).isEmpty();
        assertThat(variable()).isEmpty();
        assertThat(world.status().phase()).isEqualTo(Phase.ACTIVE);
    }

    @Test
    void restartsForThoseThatTakeAStartAsSoonAsNobodyWorks() {
        world.postgres.connect(1, State.ACTIVE);
        change(Map.of("max_connections", "200"));
        assertThat(world.status().phase()).isEqualTo(Phase.ACTIVE);

        world.postgres.disconnectAll();
        world.passUntil(Phase.SUSPENDING);
        world.passUntil(Phase.ACTIVE);
        settle();

        assertThat(world.railway.count("deploy")).isEqualTo(1);
        assertThat(parameters()).isEqualTo("max_connections = '200'");
        assertThat(world.status().phase()).isEqualTo(Phase.ACTIVE);
    }

    @Test
    void givesThemToASleepingDatabaseAtItsNextWake() {
        world.fallAsleep();
        change(MEMORY);
        assertThat(world.status().phase()).isEqualTo(Phase.SUSPENDED);
        assertThat(variable()).isEqualTo("work_mem = '16MB'");

        wake();
        assertThat(parameters()).isEqualTo("work_mem = '16MB'");
        assertThat(world.postgres.offers).isZero();
    }

    @Test
    void saysWhatPostgresSaysToAWrongOneAndKeepsThoseBefore() {
        change(MEMORY);
        change(WRONG);

        assertThat(parameters()).isEqualTo("work_mem = '16MB'");
        assertThat(world.condition(ConditionType.STALLED).getReason()).isEqualTo("InvalidSpec");
        assertThat(world.condition(ConditionType.STALLED).getMessage())
                .isEqualTo("spec.postgresql.parameters: invalid value: \"nonsense\". Those before stay in force.");
        assertThat(world.ready().getStatus()).isEqualTo("True");
        assertThat(world.events).anyMatch(event -> event.startsWith("InvalidSpec: spec.postgresql.parameters"));
    }

    @Test
    void looksAtOnceWhatBecameOfThem() {
        world.edit(Specs.withParameters(MEMORY));

        assertThat(world.pass()).isZero();
        assertThat(world.pass()).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void offersAWrongOneOnlyOnce() {
        change(WRONG);
        int effects = world.fuse.effects();
        settle();

        assertThat(world.postgres.offers).isEqualTo(1);
        assertThat(world.fuse.effects()).isEqualTo(effects);
    }

    @Test
    void saysSoOverASleepAndNoMoreWhenItIsPutRight() {
        change(WRONG);
        world.fallAsleep();
        settle();
        assertThat(world.condition(ConditionType.STALLED).getReason()).isEqualTo("InvalidSpec");

        wake();
        assertThat(world.condition(ConditionType.STALLED).getReason()).isEqualTo("InvalidSpec");

        change(MEMORY);
        assertThat(parameters()).isEqualTo("work_mem = '16MB'");
        assertThat(ConditionType.STALLED.in(world.status())).isEmpty();
    }

    @Test
    void namesThemWhenPostgresReadsThemAndDoesNotStart() {
        world.fallAsleep();
        world.postgres.doesNotStartWith = "max_connections";
        change(Map.of("max_connections", "900000", "work_mem", "16MB"));
        wake();

        assertThat(world.condition(ConditionType.STALLED).getMessage())
                .contains("Postgres does not start with max_connections, work_mem.");
        assertThat(world.ready().getStatus()).isEqualTo("True");
    }

    @Test
    void writesQuotesAndBackslashesSoThatPostgresReadsThem() {
        change(Map.of("log_line_prefix", "it's \\ %m"));

        assertThat(parameters()).isEqualTo("log_line_prefix = 'it''s \\\\ %m'");
    }

    private void change(Map<String, String> parameters) {
        world.edit(Specs.withParameters(parameters));
        settle();
    }

    private void settle() {
        for (int passes = 0; passes < 6; passes++) {
            world.clock.advance(Duration.ofSeconds(2));
            world.pass();
        }
    }

    private void wake() {
        world.clock.advance(Duration.ofSeconds(5));
        world.askForWake();
        world.passUntil(Phase.ACTIVE);
        settle();
    }

    private String parameters() {
        return world.postgres.parameters;
    }

    private String variable() {
        return world.railway.onlyService().variables.getOrDefault("POSTGRES_PARAMETERS", "absent");
    }
}
