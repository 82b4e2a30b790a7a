package eu.sinusnode.therapy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "eu.sinusnode.therapy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule aPlanMeansTheSameWithoutAServer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "eu.sinusnode.server..",
                    "eu.sinusnode.policy..",
                    "org.springframework..",
                    "jakarta..",
                    "java.sql..",
                    "java.net..");

    @ArchTest
    static final ArchRule timeIsGiven = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now");
}
