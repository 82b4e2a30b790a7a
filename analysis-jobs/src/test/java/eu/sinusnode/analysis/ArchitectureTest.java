package eu.sinusnode.analysis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "eu.sinusnode", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule meetsTheServerOnlyOverHttp = noClasses()
            .that()
            .resideInAPackage("eu.sinusnode.analysis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("eu.sinusnode.server..", "eu.sinusnode.policy..", "org.springframework..");

    @ArchTest
    static final ArchRule onlyModelsAndTrainingKnowWeka = noClasses()
            .that()
            .resideOutsideOfPackages("eu.sinusnode.analysis.model..", "eu.sinusnode.analysis.training..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("weka..");

    @ArchTest
    static final ArchRule thePatientRangeFunctionKnowsNoThreadsClocksOrTransport = noClasses()
            .that()
            .resideInAnyPackage(
                    "eu.sinusnode.analysis.risk..",
                    "eu.sinusnode.analysis.rhythm..",
                    "eu.sinusnode.analysis.reading..",
                    "eu.sinusnode.analysis.quality..",
                    "eu.sinusnode.analysis.feature..",
                    "eu.sinusnode.analysis.facts..",
                    "eu.sinusnode.analysis.score..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent..", "java.net..", "org.apache.spark..", "org.hl7.fhir..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule scoringNeverTrains = noClasses()
            .that()
            .resideOutsideOfPackages("eu.sinusnode.analysis.training..", "eu.sinusnode.analysis.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("eu.sinusnode.analysis.training..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("eu.sinusnode.analysis.(*)..").should().beFreeOfCycles();
}
