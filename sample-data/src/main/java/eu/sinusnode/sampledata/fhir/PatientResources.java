package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.sampledata.clinical.Diagnosis;
import eu.sinusnode.sampledata.clinical.RhythmDevice;
import eu.sinusnode.sampledata.people.Person;
import java.time.LocalDate;

/** Patient, devices and conditions of one patient. */
public final class PatientResources {

    /** Identifier system of the centre's own patient numbers. */
    public static final String PATIENT_NUMBER = "https://sinusnode.eu/sid/patient-number";

    static final String IDENTIFIER_TYPE_DE = "http://fhir.de/CodeSystem/identifier-type-de-basis";
    private static final String IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203";
    private static final String CONDITION_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private static final String CONDITION_VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private static final String ICD_VERSION = "2026";

    private final BundleWriter bundle;
    private final Subject subject;

    private PatientResources(BundleWriter bundle, Subject subject) {
        this.bundle = bundle;
        this.subject = subject;
    }

    /** Patient first, then what refers to it. */
    public static void write(BundleWriter bundle, Subject subject) {
        PatientResources resources = new PatientResources(bundle, subject);
        resources.patient();
        resources.devices();
        resources.conditions();
    }

    private void patient() {
        Person person = subject.person();
        bundle.resource("Patient", person.id())
                .array("identifier")
                .object()
                .concept("type", IDENTIFIER_TYPE_DE, "GKV")
                .text("system", Codes.KVNR)
                .text("value", person.healthInsuranceNumber())
                .end()
                .object()
                .concept("type", IDENTIFIER_TYPE, "MR")
                .text("system", PATIENT_NUMBER)
                .text("value", subject.serial("P"))
                .end()
                .endArray()
                .flag("active", true)
                .array("name")
                .object()
                .text("use", "official")
                .text("family", person.family())
                .array("given")
                .text(person.given())
                .endArray()
                .end()
                .endArray()
                .text("gender", person.female() ? "female" : "male")
                .text("birthDate", person.birthDate().toString())
                .array("address")
                .object()
                .text("use", "home")
                .text("type", "both")
                .array("line")
                .text(person.street())
                .endArray()
                .text("city", person.place().city())
                .text("postalCode", person.place().postcode())
                .text("country", "DE")
                .end()
                .endArray();
        bundle.endResource("Patient", person.id());
    }

    private void devices() {
        boolean cuffless = subject.picture().cuffless();
        device(
                subject.pressureDevice(),
                cuffless ? Codes.CUFFLESS : Codes.CUFF,
                cuffless ? "Blutdruck-Armband ohne Manschette" : "Oberarm-Blutdruckmessgerät",
                subject.serial("BP"));
        if (subject.picture().scale()) {
            device(subject.scale(), Codes.SCALE, "Körperwaage", subject.serial("KG"));
        }
        if (subject.picture().rhythmDevice() == RhythmDevice.WATCH) {
            device(subject.rhythmDevice(), Codes.PPG, "Pulsuhr", subject.serial("HR"));
        } else if (subject.picture().rhythmDevice() == RhythmDevice.PATCH) {
            device(subject.rhythmDevice(), Codes.ECG, "EKG-Pflaster", subject.serial("HR"));
        }
        if (subject.life().band()) {
            device(subject.tracker(), Codes.PPG, "Fitnessarmband", subject.serial("FB"));
        }
        if (subject.life().chestStrap()) {
            device(subject.chestStrap(), Codes.ECG, "EKG-Brustgurt", subject.serial("BG"));
        }
        if (subject.life().oximeter()) {
            device(subject.oximeter(), Codes.PPG, "Finger-Pulsoximeter", subject.serial("O2"));
        }
    }

    private void device(String id, String kind, String name, String serial) {
        bundle.resource("Device", id)
                .text("status", "active")
                .text("serialNumber", serial)
                .array("deviceName")
                .object()
                .text("name", name)
                .text("type", "user-friendly-name")
                .end()
                .endArray()
                .concept("type", Canonicals.DEVICE_KINDS, kind)
                .reference("patient", "Patient", subject.id());
        bundle.endResource("Device", id);
    }

    /** Ids of the conditions, in the order of the picture's diagnoses. */
    static String condition(Subject subject, Diagnosis diagnosis) {
        return subject.id("condition/" + diagnosis.name());
    }

    private void conditions() {
        LocalDate end = subject.timeline().date(subject.timeline().days() - 1);
        int years = 1;
        for (Diagnosis diagnosis : subject.picture().diagnoses()) {
            LocalDate known = end.minusYears(years)
                    .minusDays(37L * years + subject.person().number() % 97);
            String id = condition(subject, diagnosis);
            bundle.resource("Condition", id)
                    .concept("clinicalStatus", CONDITION_CLINICAL, "active")
                    .concept("verificationStatus", CONDITION_VERIFICATION, "confirmed")
                    .object("code")
                    .array("coding")
                    .object()
                    .text("system", Codes.ICD_10_GM)
                    .text("version", ICD_VERSION)
                    .text("code", diagnosis.code())
                    .end()
                    .endArray()
                    .text("text", diagnosis.text())
                    .end()
                    .reference("subject", "Patient", subject.id())
                    .text("onsetDateTime", known.minusMonths(3).toString().substring(0, 7))
                    .text("recordedDate", known.toString())
                    .reference("asserter", "Practitioner", subject.clinician().id());
            bundle.endResource("Condition", id);
            years += 2;
        }
    }
}
