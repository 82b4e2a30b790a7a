package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.sampledata.people.Clinician;
import eu.sinusnode.sampledata.people.Institution;
import eu.sinusnode.sampledata.people.Institutions;

/** Organization and Practitioner resources: the base that patients' records refer to. */
public final class InstitutionResources {

    private static final String ORGANIZATION_TYPE = "http://terminology.hl7.org/CodeSystem/organization-type";

    private InstitutionResources() {}

    public static void write(BundleWriter bundle, Institutions institutions) {
        for (Institution institution : institutions.all()) {
            organization(bundle, institution);
        }
        for (int clinic = 0; clinic < institutions.clinics().size(); clinic++) {
            for (Clinician clinician : institutions.clinicians(clinic)) {
                practitioner(bundle, clinician);
            }
        }
    }

    private static void organization(BundleWriter bundle, Institution institution) {
        String type = institution.kind().endsWith("insurer") ? "pay" : "prov";
        bundle.resource("Organization", institution.id())
                .flag("active", true)
                .onlyConcept("type", ORGANIZATION_TYPE, type)
                .text("name", institution.name())
                .array("address")
                .object()
                .text("use", "work")
                .text("type", "both")
                .array("line")
                .text(institution.street())
                .endArray()
                .text("city", institution.place().city())
                .text("postalCode", institution.place().postcode())
                .text("country", institution.country())
                .end()
                .endArray();
        bundle.endResource("Organization", institution.id());
    }

    private static void practitioner(BundleWriter bundle, Clinician clinician) {
        bundle.resource("Practitioner", clinician.id())
                .flag("active", true)
                .array("name")
                .object()
                .text("use", "official")
                .text("family", clinician.family())
                .array("given")
                .text(clinician.given())
                .endArray()
                .array("prefix")
                .text(clinician.title())
                .endArray()
                .end()
                .endArray()
                .text("gender", clinician.female() ? "female" : "male");
        bundle.endResource("Practitioner", clinician.id());
    }
}
