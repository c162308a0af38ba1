package dev.railwaypostgres.playground;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.railwaypostgres.playground", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String OURS = "dev.railwaypostgres.playground.";

    @ArchTest
    static final ArchRule STRANGERS = classes()
            .should()
            .onlyDependOnClassesThat(not(resideInAnyPackage(
                    "dev.railwaypostgres.crds..",
                    "dev.railwaypostgres.railway..",
                    "dev.railwaypostgres.postgres..",
                    "dev.railwaypostgres.archive..",
                    "dev.railwaypostgres.operator..",
                    "dev.railwaypostgres.proxy..")))
            .because("a stand-in built from the client's own types repeats the client's mistakes,"
                    + " and the programs are started as anybody would start them");

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("run")
            .definedBy(OURS + "run..")
            .layer("simulator")
            .definedBy(OURS + "simulator..")
            .layer("kubernetes")
            .definedBy(OURS + "kubernetes..")
            .layer("process")
            .definedBy(OURS + "process..")
            .layer("binaries")
            .definedBy(OURS + "binaries..")
            .whereLayer("run")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("simulator")
            .mayOnlyBeAccessedByLayers("run")
            .whereLayer("kubernetes")
            .mayOnlyBeAccessedByLayers("run")
            .whereLayer("process")
            .mayOnlyBeAccessedByLayers("run", "kubernetes")
            .because("simulators and the control plane can be used alone");
}
