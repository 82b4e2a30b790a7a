package eu.sinusnode.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** profiles <- interceptors <- fhir-server, and nothing else of this project. */
@AnalyzeClasses(packages = "eu.sinusnode", importOptions = DoNotIncludeTests.class)
class ModuleDirectionsTest {

    @ArchTest
    static final ArchRule THE_SERVER_KNOWS_NO_JOB = noClasses()
            .that()
            .resideInAPackage("eu.sinusnode.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "eu.sinusnode.analysis..",
                    "eu.sinusnode.launcher..",
                    "eu.sinusnode.sampledata..",
                    "eu.sinusnode.keycloak..",
                    "weka..");

    @ArchTest
    static final ArchRule POLICIES_KNOW_NO_SERVER = noClasses()
            .that()
            .resideInAPackage("eu.sinusnode.policy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("eu.sinusnode.server..", "org.springframework..", "jakarta.persistence..");

    @ArchTest
    static final ArchRule POSTGRES_CONTROL_NEEDS_NO_SPRING = noClasses()
            .that()
            .resideInAPackage("eu.sinusnode.server.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "ca.uhn..");
}
