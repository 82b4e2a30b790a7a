package eu.sinusnode.server.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.packages.PackageException;
import eu.sinusnode.server.projection.OwnTables;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with a folder of FHIR packages: those of ISiK, which lie in the directory that {@code sinusnode.shared} names. */
class FhirPackagesIT {

    private static final String ISIK_HEART_RATE =
            "https://gematik.de/fhir/isik/v3/VitalparameterUndKoerpermasze/StructureDefinition/ISiKHerzfrequenz";
    private static final String ISIK_BODY_WEIGHT =
            "https://gematik.de/fhir/isik/v3/VitalparameterUndKoerpermasze/StructureDefinition/ISiKKoerpergewicht";
    private static final List<String> PACKAGES = List.of(
            "de.basisprofil.r4-1.4.0.tgz",
            "de.gematik.isik-basismodul-3.1.1.tgz",
            "de.gematik.isik-medikation-3.1.1.tgz",
            "de.gematik.isik-terminplanung-3.1.1.tgz",
            "de.gematik.isik-vitalparameter-3.1.1.tgz",
            "hl7.fhir.uv.ips-1.0.0.tgz");

    @TempDir
    Path folder;

    @Test
    void whatClaimsAProfileOfAPackageIsCheckedAgainstIt() throws Exception {
        Path shared = Path.of(System.getProperty("sinusnode.shared", "shared"), "packages");
        assumeTrue(
                PACKAGES.stream().allMatch(file -> Files.exists(shared.resolve(file))),
                () -> "NOT CHECKED with the ISiK packages: " + PACKAGES + " are not all in " + shared
                        + " (set -Dsinusnode.shared)");
        for (String file : PACKAGES) {
            Files.copy(shared.resolve(file), folder.resolve(file));
        }
        try (RunningServer server = RunningServer.start("--sinusnode.packages.folder=" + folder)) {
            String loader = server.token(CallerKind.ADMINISTRATOR, "loader", RunningServer.CENTRE);
            String patient = OwnTables.newId();
            assertThat(server.transaction(loader, bundle(centre(), patient(patient)))
                            .statusCode())
                    .isEqualTo(200);

            Observation sound = claiming(Vitals.heartRate(patient, 71));
            assertThat(server.transaction(loader, bundle(sound)).statusCode()).isEqualTo(200);

            Observation rateAsWeight = Vitals.heartRate(patient, 71);
            rateAsWeight.getMeta().addProfile(ISIK_BODY_WEIGHT);
            assertRefused(server.transaction(loader, bundle(rateAsWeight)));

            Observation beyondOurs = claiming(Vitals.heartRate(patient, 301));
            assertRefused(server.transaction(loader, bundle(beyondOurs)));
        }
    }

    @Test
    void aBrokenPackageStopsTheStartWithASentenceThatNamesIt() throws Exception {
        Files.writeString(folder.resolve("broken.tgz"), "no archive");
        assertThatThrownBy(() -> RunningServer.start("--sinusnode.packages.folder=" + folder)
                        .close())
                .hasRootCauseInstanceOf(java.util.zip.ZipException.class)
                .hasStackTraceContaining(
                        PackageException.class.getName() + ": The FHIR package broken.tgz cannot be read");
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("SN-PROFILE-001");
    }

    private static Observation claiming(Observation vital) {
        vital.getMeta().addProfile(ISIK_HEART_RATE);
        return vital;
    }

    private static Organization centre() {
        Organization centre = new Organization();
        centre.setId(RunningServer.CENTRE);
        centre.setActive(true).setName("Herzzentrum");
        centre.addAddress().setCity("Leipzig").setPostalCode("04289").setCountry("DE");
        return centre;
    }

    private static Patient patient(String id) {
        Patient patient = new Patient();
        patient.setId(id);
        patient.addName().setFamily("Muster");
        patient.setBirthDateElement(new DateType("1954-03-11"));
        return patient;
    }

    private static Bundle bundle(Resource... resources) {
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        for (Resource resource : resources) {
            bundle.addEntry()
                    .setResource(resource)
                    .getRequest()
                    .setMethod(Bundle.HTTPVerb.PUT)
                    .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
        }
        return bundle;
    }
}
