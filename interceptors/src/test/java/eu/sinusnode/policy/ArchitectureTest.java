package eu.sinusnode.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;

/** Who may know whom inside the policy. */
@AnalyzeClasses(packages = "eu.sinusnode.policy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** What touches HAPI's server; everything else is pure and is tested as a table. */
    private static final String GLUE =
            ".*(Interceptor|RequestPipeline|Denials|CurrentCaller|DenialLedger|EmergencyLedger|DisclosureLedger|RequestAudit|RequestFactsReader|RequestedWrites|RequestedChanges|BroughtBefore|SentId|Problems|KnownGoneException|ConditionSearch|HistoryPages|PopulationPages|RequestScope|DisclosureGate)(\\$.*)?";

    @ArchTest
    static final ArchRule policiesAreFreeOfHapisServer = noClasses()
            .that()
            .haveNameNotMatching(GLUE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ca.uhn.fhir.rest..", "ca.uhn.fhir.interceptor..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule policiesAreFreeOfDatabasesAndFrameworks = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "ca.uhn.fhir.jpa..", "org.springframework..", "java.sql..", "javax.sql..", "jakarta.persistence..");

    @ArchTest
    static final ArchRule timeComesFromOutside = noClasses()
            .that()
            .haveNameNotMatching(GLUE)
            .and()
            .haveSimpleNameNotEndingWith("AuditTrail")
            .and()
            .haveSimpleNameNotEndingWith("RecordAccess")
            .and()
            .resideOutsideOfPackage("..pipeline..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule nobodyLooksAtTheWallClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callConstructor(Date.class);

    @ArchTest
    static final ArchRule packagesHaveADirection =
            slices().matching("eu.sinusnode.policy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule interceptorsAreKnownToThePipelineOnly = classes()
            .that()
            .haveSimpleNameEndingWith("Interceptor")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage("..pipeline..");
}
