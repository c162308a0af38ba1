package dev.railwaypostgres.proxy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.railwaypostgres.crds.v1alpha1.Phase;

@AnalyzeClasses(packages = "dev.railwaypostgres.proxy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.railwaypostgres.proxy.";

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_BELOW_KNOWS_SESSIONS = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + "auth..",
                    ROOT + "cancel..",
                    ROOT + "tls..",
                    ROOT + "route..",
                    ROOT + "wake..",
                    ROOT + "pool..",
                    ROOT + "relay..",
                    ROOT + "park..",
                    ROOT + "operator..",
                    ROOT + "standalone..",
                    ROOT + "settings..",
                    ROOT + "failure..",
                    ROOT + "manage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "session..", ROOT + "server..", ROOT + "console..")
            .because("a session puts the parts together; a part that knew sessions could not be tested alone");

    @ArchTest
    static final ArchRule SESSIONS_DO_NOT_KNOW_WHO_LOOKS = noClasses()
            .that()
            .resideInAPackage(ROOT + "session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "console..", ROOT + "server..")
            .because("what is looked at must not depend on who looks");

    @ArchTest
    static final ArchRule ONE_WATCH = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "route..", "dev.railwaypostgres.proxy")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.fabric8..", "dev.railwaypostgres.crds..")
                    .and(not(equivalentTo(Phase.class))))
            .because("behind the one watch there are routes, no resources");

    @ArchTest
    static final ArchRule ONE_OPERATOR_INSIDE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "standalone..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.railwaypostgres.railway..", "dev.railwaypostgres.sleep..")
            .because("the rest of the proxy holds no Railway token, and asks an operator, wherever it is");

    @ArchTest
    static final ArchRule NOBODY_NEEDS_THE_OPERATOR_INSIDE = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "standalone..", "dev.railwaypostgres.proxy")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "standalone..")
            .because("it is one of two, and the rest must not know which");

    @ArchTest
    static final ArchRule DECISIONS_ARE_PURE = noClasses()
            .that()
            .haveSimpleNameStartingWith("SessionMachine")
            .or()
            .haveSimpleNameStartingWith("SessionState")
            .or()
            .haveSimpleNameStartingWith("SessionEvent")
            .or()
            .haveSimpleNameStartingWith("SessionEffect")
            .or()
            .haveSimpleNameStartingWith("SessionStep")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io..", "java.net..", "java.util.concurrent..", ROOT + "pool..", ROOT + "relay..")
            .because("every interleaving of them is explored without a socket");

    @ArchTest
    static final ArchRule ONLY_MAIN_EXITS = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .because("who embeds the proxy lives on");

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because("an event loop that sleeps stops every client");

    @ArchTest
    static final ArchRule NO_SQL_CLIENT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.postgresql..", "java.sql..")
            .because(
                    "what the proxy says to Postgres it says itself; what the operator inside asks, the module sleep asks");

    @ArchTest
    static final ArchRule NO_OTHER_OPERATOR = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.railwaypostgres.operator..")
            .because("the operator in Kubernetes is asked over HTTP");

    @ArchTest
    static final ArchRule NO_FUTURES_FOR_MESSAGES = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(ROOT + "relay..")
            .should()
            .haveRawReturnType(io.vertx.core.Future.class)
            .because("a message that passes costs no object");
}
