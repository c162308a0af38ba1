package dev.railwaypostgres.railway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.railwaypostgres.railway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String HERE = "dev.railwaypostgres.railway";

    @ArchTest
    static final ArchRule KNOWS_NOTHING_OF_OURS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    HERE + "..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "okhttp3..",
                    "okio..",
                    "kotlin..",
                    "org.slf4j..",
                    "org.jspecify..")
            .because("this is a client of Railway, of use to anybody");

    @ArchTest
    static final ArchRule KEEPS_HTTP_TO_ITSELF = noClasses()
            .that()
            .resideOutsideOfPackage(HERE + ".graphql")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..", "kotlin..", HERE + ".graphql")
            .because("nobody shall notice how calls are made");

    @ArchTest
    static final ArchRule HAS_VALUES_THAT_KNOW_NO_CLIENT = noClasses()
            .that()
            .resideInAPackage(HERE + ".model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HERE, HERE + ".patch", HERE + ".graphql")
            .because("values are at the bottom");

    @ArchTest
    static final ArchRule HAS_NO_CYCLES =
            slices().matching(HERE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NEVER_SLEEPS = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("what waits has to wait for something, and to a deadline");
}
