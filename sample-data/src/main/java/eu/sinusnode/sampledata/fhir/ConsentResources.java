package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.sampledata.clinical.ConsentKind;
import java.time.LocalDate;
import java.util.Base64;

/**
 * The patient's Consent: deny by default, and one permit for each recipient and purpose. Everything is in one Consent; a
 * patient who was never asked has none.
 */
public final class ConsentResources {

    private static final String SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope";
    private static final String PRIVACY_POLICY = "https://sinusnode.eu/policy/data-use/1.0";
    private static final String CATEGORY = "59284-0";

    /** What a permit is limited to. */
    private enum Limit {
        NOTHING,
        BLOOD_PRESSURE_CODE,
        BLOOD_PRESSURE_OBSERVATIONS
    }

    private final BundleWriter bundle;
    private final Subject subject;
    private final LocalDate given;

    private ConsentResources(BundleWriter bundle, Subject subject) {
        this.bundle = bundle;
        this.subject = subject;
        this.given = subject.timeline().date(0).minusDays(20 + subject.person().number() % 15);
    }

    public static void write(BundleWriter bundle, Subject subject) {
        if (subject.picture().consent() != ConsentKind.NONE) {
            new ConsentResources(bundle, subject).consent(subject.picture().consent());
        }
    }

    private void consent(ConsentKind kind) {
        String id = subject.id("consent");
        byte[] form = SignedForm.of(given);
        Json json = bundle.resource("Consent", id)
                .text("status", status(kind))
                .concept("scope", SCOPE, "patient-privacy")
                .onlyConcept("category", Codes.LOINC, CATEGORY)
                .reference("patient", "Patient", subject.id())
                .text("dateTime", given.toString())
                .onlyReference("performer", "Patient", subject.id())
                .onlyReference(
                        "organization",
                        "Organization",
                        subject.institutions().centre().id())
                .object("sourceAttachment")
                .text("contentType", "application/pdf")
                .text("language", "de-DE")
                .text("data", Base64.getEncoder().encodeToString(form))
                .text("hash", Base64.getEncoder().encodeToString(Sha1.of(form)))
                .text("title", "Einwilligung in die Datennutzung, Fassung 1.0")
                .text("creation", given.toString())
                .end()
                .array("policy")
                .object()
                .text("uri", PRIVACY_POLICY)
                .end()
                .endArray()
                .object("provision")
                .text("type", "deny");
        if (kind != ConsentKind.REFUSED) {
            json.array("provision");
            permits(kind);
            json.endArray();
        }
        json.end();
        bundle.endResource("Consent", id);
    }

    private static String status(ConsentKind kind) {
        return switch (kind) {
            case WITHDRAWN -> "inactive";
            case REFUSED -> "rejected";
            default -> "active";
        };
    }

    private void permits(ConsentKind kind) {
        permit(kind, subject.clinic().id(), "TREAT", Limit.NOTHING);
        if (kind == ConsentKind.CLINIC_ONLY) {
            return;
        }
        if (kind == ConsentKind.ANALYSIS_BLOOD_PRESSURE) {
            permit(kind, subject.institutions().centre().id(), "CAREMGT", Limit.BLOOD_PRESSURE_OBSERVATIONS);
            return;
        }
        permit(kind, subject.institutions().centre().id(), "CAREMGT", Limit.NOTHING);
        boolean pressureOnly = kind == ConsentKind.INSURER_BLOOD_PRESSURE;
        permit(kind, subject.insurer().id(), "HPAYMT", pressureOnly ? Limit.BLOOD_PRESSURE_CODE : Limit.NOTHING);
        if (subject.picture().foreignCover()) {
            // Permitted by the patient, and still refused: the recipient is outside the European Union.
            permit(kind, subject.institutions().foreignInsurer().id(), "HPAYMT", Limit.NOTHING);
        }
    }

    private void permit(ConsentKind kind, String organization, String purpose, Limit limit) {
        Json json =
                bundle.json().object().text("type", "permit").object("period").text("start", given.toString());
        if (kind == ConsentKind.EXPIRED) {
            json.text("end", subject.timeline().date(0).plusDays(7).toString());
        }
        json.end()
                .array("actor")
                .object()
                .concept("role", Codes.PARTICIPATION_TYPE, "IRCP")
                .reference("reference", "Organization", organization)
                .end()
                .endArray()
                .array("purpose")
                .coding(Codes.ACT_REASON, purpose)
                .endArray();
        if (limit == Limit.BLOOD_PRESSURE_OBSERVATIONS) {
            json.array("class").coding(Codes.RESOURCE_TYPES, "Observation").endArray();
        }
        if (limit != Limit.NOTHING) {
            json.onlyConcept("code", Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL);
        }
        json.end();
    }
}
