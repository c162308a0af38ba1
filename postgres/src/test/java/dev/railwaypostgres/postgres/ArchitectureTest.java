package dev.railwaypostgres.postgres;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

@AnalyzeClasses(packages = "dev.railwaypostgres", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] BLOCKING = {
        "dev.railwaypostgres.postgres.socket..", "dev.railwaypostgres.postgres.replication.."
    };

    private static final String[] BUFFERS_AND_THE_JDK = {
        "dev.railwaypostgres.postgres..",
        "io.netty.buffer..",
        "com.ongres..",
        "org.jspecify..",
        "java.lang..",
        "java.io..",
        "java.nio.charset..",
        "java.security..",
        "java.time..",
        "java.util..",
        "javax.crypto..",
        "javax.security.."
    };

    @ArchTest
    static final ArchRule usesNothingButBuffersAndTheJdk = ArchRuleDefinition.classes()
            .that()
            .resideOutsideOfPackages(BLOCKING)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(BUFFERS_AND_THE_JDK);

    @ArchTest
    static final ArchRule onlyWhatBlocksKnowsSockets = ArchRuleDefinition.classes()
            .that()
            .resideInAnyPackage(BLOCKING)
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(BUFFERS_AND_THE_JDK).or(resideInAnyPackage("java.net..", "javax.net..")));

    @ArchTest
    static final ArchRule sharedWordsUseNoPart = ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage("dev.railwaypostgres.postgres")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.railwaypostgres.postgres.*..");

    @ArchTest
    static final ArchRule scramAndSqlKnowNoBuffers = ArchRuleDefinition.noClasses()
            .that()
            .resideInAnyPackage("dev.railwaypostgres.postgres.scram..", "dev.railwaypostgres.postgres.sql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");

    @ArchTest
    static final ArchRule partsFormNoCycle =
            slices().matching("dev.railwaypostgres.postgres.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partsDoNotKnowEachOther = slices().matching("dev.railwaypostgres.postgres.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAnyPackage(BLOCKING), alwaysTrue())
            .because("only what carries the protocol puts its parts together");
}
