package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;

/** Who pays for a patient (Coverage) and who treats (CareTeam). */
public final class MembershipResources {

    private static final String INSURANCE_KIND = "http://fhir.de/CodeSystem/versicherungsart-de-basis";

    private final BundleWriter bundle;
    private final Subject subject;

    private MembershipResources(BundleWriter bundle, Subject subject) {
        this.bundle = bundle;
        this.subject = subject;
    }

    public static void write(BundleWriter bundle, Subject subject) {
        MembershipResources resources = new MembershipResources(bundle, subject);
        resources.coverages();
        resources.careTeams();
    }

    private void coverages() {
        LocalDate since = LocalDate.of(2004 + subject.person().number() % 18, 1, 1);
        String id = subject.id("coverage/1");
        bundle.resource("Coverage", id)
                .array("identifier")
                .object()
                .concept("type", PatientResources.IDENTIFIER_TYPE_DE, "GKV")
                .text("system", Codes.KVNR)
                .text("value", subject.person().healthInsuranceNumber())
                .end()
                .endArray()
                .text("status", "active")
                .concept("type", INSURANCE_KIND, "GKV")
                .object("subscriber")
                .text("reference", "Patient/" + subject.id())
                .object("identifier")
                .text("system", Codes.KVNR)
                .text("value", subject.person().healthInsuranceNumber())
                .end()
                .end()
                .reference("beneficiary", "Patient", subject.id());
        payor(since, subject.insurer().id(), subject.insurer().name());
        bundle.endResource("Coverage", id);
        if (subject.picture().foreignCover()) {
            foreignCoverage(LocalDate.of(2024, 7, 1));
        }
    }

    private void foreignCoverage(LocalDate since) {
        String id = subject.id("coverage/2");
        bundle.resource("Coverage", id)
                .text("status", "active")
                .concept("type", INSURANCE_KIND, "PKV")
                .reference("beneficiary", "Patient", subject.id());
        payor(
                since,
                subject.institutions().foreignInsurer().id(),
                subject.institutions().foreignInsurer().name());
        bundle.endResource("Coverage", id);
    }

    private Json payor(LocalDate since, String organization, String name) {
        return bundle.json()
                .object("period")
                .text("start", since.toString())
                .end()
                .array("payor")
                .object()
                .text("reference", "Organization/" + organization)
                .text("display", name)
                .end()
                .endArray();
    }

    private void careTeams() {
        int clinic = subject.picture().clinic();
        LocalDate since =
                subject.timeline().date(0).minusDays(40 + subject.person().number() % 700);
        if (subject.picture().movedClinic()) {
            int former = (clinic + 1) % subject.institutions().clinics().size();
            careTeam(
                    "care-team/former",
                    "inactive",
                    former,
                    since.minusYears(2),
                    since.minusDays(1).toString());
        }
        careTeam("care-team", "active", clinic, since, "");
    }

    private void careTeam(String name, String status, int clinic, LocalDate start, String end) {
        String id = subject.id(name);
        Json json = bundle.resource("CareTeam", id)
                .text("status", status)
                .text(
                        "name",
                        "Behandlungsteam "
                                + subject.institutions().clinic(clinic).name())
                .reference("subject", "Patient", subject.id())
                .object("period")
                .text("start", start.toString());
        if (!end.isEmpty()) {
            json.text("end", end);
        }
        json.end()
                .array("participant")
                .object()
                .reference(
                        "member",
                        "Organization",
                        subject.institutions().clinic(clinic).id())
                .end()
                .object()
                .reference("member", "Practitioner", subject.clinicianAt(clinic).id())
                .reference(
                        "onBehalfOf",
                        "Organization",
                        subject.institutions().clinic(clinic).id())
                .end()
                .endArray();
        bundle.endResource("CareTeam", id);
    }
}
