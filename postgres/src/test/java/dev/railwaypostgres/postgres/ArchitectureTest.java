package dev.railwaypostgres.postgres;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

@AnalyzeClasses(packages = "dev.railwaypostgres", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesNothingButBuffersAndTheJdk = ArchRuleDefinition.classes()
            .that()
            .resideInAPackage("dev.railwaypostgres.postgres..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.railwaypostgres.postgres..",
                    "io.netty.buffer..",
                    "com.ongres..",
                    "org.jspecify..",
                    "java.lang..",
                    "java.io..",
                    "java.nio.charset..",
                    "java.security..",
                    "java.util..",
                    "javax.crypto..",
                    "javax.security..");

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
    static final ArchRule partsDoNotKnowEachOther =
            slices().matching("dev.railwaypostgres.postgres.(*)..").should().notDependOnEachOther();
}
