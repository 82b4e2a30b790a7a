package eu.sinusnode.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.SocketChannel;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

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

    /** Whatever calls out goes through the guard of {@code outbound/}. */
    @ArchTest
    static final ArchRule NOBODY_ELSE_CALLS_OUT = noClasses()
            .that()
            .resideInAPackage("eu.sinusnode.server..")
            .and()
            .resideOutsideOfPackage("eu.sinusnode.server.outbound..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.net.http..",
                            "org.apache.hc..",
                            "org.apache.http..",
                            "org.springframework.web.client..")
                    .or(belongToAnyOf(
                            HttpURLConnection.class,
                            URLConnection.class,
                            Socket.class,
                            SocketChannel.class,
                            DefaultResourceRetriever.class)))
            .orShould()
            .callMethod(URL.class, "openConnection")
            .orShould()
            .callMethod(URL.class, "openStream")
            .orShould()
            .callMethod(NimbusJwtDecoder.class, "withJwkSetUri", String.class)
            .orShould()
            .callMethod(NimbusJwtDecoder.class, "withIssuerLocation", String.class);
}
