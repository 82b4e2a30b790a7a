package eu.sinusnode.launcher.registration;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.realm.RealmDirectory;
import eu.sinusnode.keycloak.realm.RealmDirectory.OrganizationKind;
import eu.sinusnode.launcher.http.FhirEndpoint;
import java.time.LocalDate;

/** The resources by which the demo's representative and device gateway are linked to the first patient. */
public final class DemoCallers {

    private static final LocalDate FROM = LocalDate.of(2026, 1, 1);

    private DemoCallers() {}

    /**
     * Written anew with each load; the same resources each time.
     *
     * @param loader the FHIR API with the loader's token
     */
    public static void write(RealmDirectory directory, FhirEndpoint loader) {
        if (directory.personas().isEmpty()) {
            return;
        }
        String patient = directory.personas().get(0).id();
        FhirRecords records = new FhirRecords(loader);
        records.relatedPerson(
                DemoRegistrations.relatedPersonOf(patient),
                "Representative of the demo",
                "HPOWATT",
                patient,
                FROM,
                null);
        records.device(
                FhirRecords.idOf("Device", DemoRegistrations.DEVICE_GATEWAY),
                patient,
                directory.first(OrganizationKind.CENTRE).id());
    }
}
