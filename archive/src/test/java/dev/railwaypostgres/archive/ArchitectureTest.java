package dev.railwaypostgres.archive;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.railwaypostgres.archive", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ARROWS = classes()
            .should()
            .onlyDependOnClassesThat(not(resideInAnyPackage(
                    "dev.railwaypostgres.crds..",
                    "dev.railwaypostgres.railway..",
                    "dev.railwaypostgres.operator..",
                    "dev.railwaypostgres.proxy..",
                    "io.fabric8..")))
            .because("the archive knows bytes and positions, no Kubernetes and no Railway");

    @ArchTest
    static final ArchRule BACKUPS = noClasses()
            .that()
            .resideInAPackage("dev.railwaypostgres.archive.backup..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.railwaypostgres.archive..")
                    .and(not(resideInAPackage("dev.railwaypostgres.archive.backup.."))))
            .because("a backup needs a server and a place for objects, whatever else there is in an archive");

    @ArchTest
    static final ArchRule SERVER = noClasses()
            .that()
            .resideInAPackage("dev.railwaypostgres.archive.server..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.railwaypostgres.archive..")
                    .and(not(resideInAnyPackage(
                            "dev.railwaypostgres.archive.server..", "dev.railwaypostgres.archive.backup.."))))
            .because("it serves what is stored, by whomever");
}
