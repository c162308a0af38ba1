package dev.railwaypostgres.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom inside the operator. */
@AnalyzeClasses(packages = "dev.railwaypostgres.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    private static final String OURS = "dev.railwaypostgres.operator.";

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("main")
            .definedBy("dev.railwaypostgres.operator")
            .layer("database")
            .definedBy(OURS + "database..")
            .layer("failure")
            .definedBy(OURS + "failure..")
            .layer("signal")
            .definedBy(OURS + "signal..")
            .layer("events")
            .definedBy(OURS + "events..")
            .layer("compute")
            .definedBy(OURS + "compute..")
            .layer("api")
            .definedBy(OURS + "api..")
            .layer("manage")
            .definedBy(OURS + "manage..")
            .layer("status")
            .definedBy(OURS + "status..")
            .whereLayer("main")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("database")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("manage")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("failure")
            .mayOnlyBeAccessedByLayers("main", "database")
            .whereLayer("signal")
            .mayOnlyBeAccessedByLayers("main", "database")
            .whereLayer("events")
            .mayOnlyBeAccessedByLayers("main", "database")
            .whereLayer("compute")
            .mayOnlyBeAccessedByLayers("main", "database", "failure", "api")
            .whereLayer("status")
            .mayOnlyBeAccessedByLayers("main", "database", "failure", "events", "manage")
            .because("each package can be read and tested with only those below it");

    @ArchTest
    static final ArchRule ONE_WRITER = noClasses()
            .that()
            .doNotHaveSimpleName("StatusWriter")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("PrimaryUpdateAndCacheUtils")
            .because("two writers of status undo each other's");

    @ArchTest
    static final ArchRule NO_SQL = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.postgresql..", "java.sql.."))
            .because("computes are spoken to by the module sleep alone");

    @ArchTest
    static final ArchRule ONE_PLACE_FOR_METRICS = noClasses()
            .that()
            .resideOutsideOfPackage(OURS + "manage")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..")
            .because("metrics listen, nobody has to call them");

    @ArchTest
    static final ArchRule ONE_END = noClasses()
            .that()
            .doNotHaveSimpleName("OperatorMain")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .because("one place ends the process");

    @ArchTest
    static final ArchRule NO_SLEEP = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("whoever waits is told, or asked again");

    @ArchTest
    static final ArchRule PURE_PLANNERS = noClasses()
            .that()
            .haveSimpleNameEndingWith("Planner")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.fabric8.kubernetes.client..", "io.javaoperatorsdk..", OURS + "signal..", OURS + "events.."))
            .because("a decision depends on what was seen, and on nothing else");

    @ArchTest
    static final ArchRule NEIGHBOURS = classes()
            .should()
            .onlyDependOnClassesThat(not(resideInAnyPackage("dev.railwaypostgres.proxy..", "io.vertx..", "io.netty..")))
            .because("the operator and the proxy meet at Kubernetes and over HTTP only");
}
