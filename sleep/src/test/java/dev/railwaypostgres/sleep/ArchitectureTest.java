package dev.railwaypostgres.sleep;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.railwaypostgres.crds.v1alpha1.Phase;

@AnalyzeClasses(packages = "dev.railwaypostgres.sleep", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HERE = "dev.railwaypostgres.sleep";

    @ArchTest
    static final ArchRule DECISIONS_ARE_PURE = noClasses()
            .that()
            .resideInAPackage(HERE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    HERE + ".watch",
                    "dev.railwaypostgres.railway..",
                    "io..",
                    "java.io..",
                    "java.net..",
                    "java.sql..",
                    "java.util.concurrent..",
                    "org.postgresql..",
                    "org.slf4j.."))
            .because("every interleaving of them with the world is tried without a socket");

    @ArchTest
    static final ArchRule ONE_SQL_CLIENT = noClasses()
            .that()
            .resideOutsideOfPackage(HERE + ".compute")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.postgresql..", "java.sql.."))
            .because("whoever decides needs no Postgres to be tested");

    @ArchTest
    static final ArchRule COMPUTE_IS_AT_THE_BOTTOM = noClasses()
            .that()
            .resideInAPackage(HERE + ".compute")
            .should()
            .dependOnClassesThat(resideInAnyPackage(HERE, HERE + ".watch"))
            .because("what a compute says of itself is the same for whoever asks");

    @ArchTest
    static final ArchRule ONLY_THE_WORDS_OF_THE_API = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.railwaypostgres.crds..")
                    .and(not(com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo(Phase.class))))
            .because("of the API it shares the names of the phases, and must do without Kubernetes");

    @ArchTest
    static final ArchRule NEIGHBOURS = classes()
            .should()
            .onlyDependOnClassesThat(not(resideInAnyPackage(
                    "dev.railwaypostgres.operator..",
                    "dev.railwaypostgres.proxy..",
                    "dev.railwaypostgres.railway..",
                    "dev.railwaypostgres.archive..")))
            .because("operator and proxy both build on it, and each calls Railway in its own way");

    @ArchTest
    static final ArchRule NO_SLEEP = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("whoever waits is told, or asked again");
}
