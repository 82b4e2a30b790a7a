package eu.sinusnode.server.attack;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.projection.Consents;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** The records of the hidden patients, and the organizations that stand near to them and may not see them. */
final class HiddenPatients {

    /** Treats the hidden patients with their consent; the one caller who may see everything of them. */
    static final String CARING = Records.id("fuzz-caring-clinic");
    /** Computes their risk flags with their consent. */
    static final String SCORING = Records.id("fuzz-scoring-centre");
    /** Treated them until 2021; their consent still names it. */
    static final String EXPIRED = Records.id("fuzz-expired-clinic");
    /** In their care team, without a permit. */
    static final String UNPERMITTED = Records.id("fuzz-unpermitted-clinic");
    /** Has a permit, and no link to them. */
    static final String UNLINKED = Records.id("fuzz-unlinked-clinic");
    /** Has nothing to do with them. */
    static final String FOREIGN = Records.id("fuzz-foreign-clinic");
    /** Nor has this one; two attackers of one clinic would see what the other one stored meanwhile. */
    static final String FOREIGN_SYSTEM = Records.id("fuzz-foreign-clinic-of-a-system");
    /** Pays for them, without a permit. */
    static final String INSURER = Records.id("fuzz-insurer");
    /** Pays for them and may have their heart rate, which is the same for all of them. */
    static final String INSURER_OF_ONE_CODE = Records.id("fuzz-insurer-of-one-code");
    /** Pays for them and is denied all but their heart rate, type by type and code by code. */
    static final String INSURER_WITH_EXCEPTIONS = Records.id("fuzz-insurer-with-exceptions");
    /** Pays for them and may have what is of 2019: their heart rate. */
    static final String INSURER_OF_ONE_TIME = Records.id("fuzz-insurer-of-one-time");
    /** Pays for them and may have their Observations, but for what is restricted, which all that is secret is. */
    static final String INSURER_OF_WHAT_IS_NORMAL = Records.id("fuzz-insurer-of-what-is-normal");
    /** Pays for them and may have their Observations; what is restricted is denied. */
    static final String INSURER_WITHOUT_A_LABEL = Records.id("fuzz-insurer-without-a-label");
    /** Pays for them and may have their Observations; each secret one is denied by its id. */
    static final String INSURER_WITHOUT_RECORDS = Records.id("fuzz-insurer-without-records");
    /** Pays for them and may have what {@link #EXPIRED} authored: their heart rate. */
    static final String INSURER_OF_AN_AUTHOR = Records.id("fuzz-insurer-of-an-author");
    /** Pays for them and may have their Observations; what {@link #CARING} authored is denied. */
    static final String INSURER_WITHOUT_AN_AUTHOR = Records.id("fuzz-insurer-without-an-author");
    /** Pays for them and may have what belongs to {@link #OPEN_STAY}: their heart rate. */
    static final String INSURER_OF_A_STAY = Records.id("fuzz-insurer-of-a-stay");
    /** Pays for them and may have their Observations; what belongs to {@link #DENIED_STAY} is denied. */
    static final String INSURER_WITHOUT_A_STAY = Records.id("fuzz-insurer-without-a-stay");
    /** Takes part in a team that may have the heart rate. */
    static final String CLINIC_OF_A_TEAM = Records.id("fuzz-clinic-of-a-team");
    /** Treats them, and one who works there is denied. */
    static final String CLINIC_OF_A_DENIED_PERSON = Records.id("fuzz-clinic-of-a-denied-person");

    static final String DENIED_PERSON = Records.id("fuzz-denied-person");
    /** In their care team, with a permit for another purpose. */
    static final String CLINIC_OF_ANOTHER_PURPOSE = Records.id("fuzz-clinic-of-another-purpose");
    /** Paid for them until 2021; their consent still names it. */
    static final String LAPSED_INSURER = Records.id("fuzz-lapsed-insurer");

    /** Treats two whose records are restricted, with a permit of everything. */
    static final String CLINIC_OF_THE_RESTRICTED = Records.id("fuzz-clinic-of-the-restricted");
    /** A clinician there has opened their records in an emergency, and closed them again. */
    static final String CLINIC_OF_AN_EMERGENCY = Records.id("fuzz-clinic-of-an-emergency");

    /** When everything was measured that attackers may see; long before anything secret. */
    static final String OPEN_TIME = "2019-05-06T07:08:09Z";

    /** Placeholders of two Encounters that are the same for all of them; what is secret belongs to the second. */
    static final String OPEN_STAY = "openStay";

    static final String DENIED_STAY = "deniedStay";

    static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    /** So often an attacker can ask for an identifier under which it has stored nothing yet. */
    private static final int FRESH = 60;

    private static final String FLAG = "urn:uuid:6a0f8f1e-0000-4000-8000-000000000001";

    static final Map<String, String> PLACEHOLDERS = Map.ofEntries(
            Map.entry("Patient", "patient"),
            Map.entry("Device", "device"),
            Map.entry("Observation", "bp"),
            Map.entry("Condition", "condition"),
            Map.entry("CarePlan", "plan"),
            Map.entry("Goal", "goal"),
            Map.entry("CareTeam", "team"),
            Map.entry("Coverage", "coverage"),
            Map.entry("Consent", "consent"),
            Map.entry("DocumentReference", "document"),
            Map.entry("Binary", "binary"),
            Map.entry("Task", "task"),
            Map.entry("Provenance", "provenance"));

    private HiddenPatients() {}

    /** The placeholder of the hidden record of a type. */
    static String placeholderOf(String type) {
        return FurtherRecords.has(type) ? FurtherRecords.placeholder(type) : PLACEHOLDERS.getOrDefault(type, "bp");
    }

    static List<Resource> organizations() {
        return List.of(
                        CARING,
                        SCORING,
                        EXPIRED,
                        UNPERMITTED,
                        UNLINKED,
                        FOREIGN,
                        FOREIGN_SYSTEM,
                        INSURER,
                        INSURER_OF_ONE_CODE,
                        INSURER_WITH_EXCEPTIONS,
                        INSURER_OF_ONE_TIME,
                        INSURER_OF_WHAT_IS_NORMAL,
                        INSURER_WITHOUT_A_LABEL,
                        INSURER_WITHOUT_RECORDS,
                        INSURER_OF_AN_AUTHOR,
                        INSURER_WITHOUT_AN_AUTHOR,
                        INSURER_OF_A_STAY,
                        INSURER_WITHOUT_A_STAY,
                        CLINIC_OF_A_TEAM,
                        CLINIC_OF_A_DENIED_PERSON,
                        CLINIC_OF_ANOTHER_PURPOSE,
                        CLINIC_OF_THE_RESTRICTED,
                        CLINIC_OF_AN_EMERGENCY,
                        LAPSED_INSURER)
                .stream()
                .<Resource>map(id -> Records.organization(id, "Organization"))
                .toList();
    }

    /** Placeholders and values that do not depend on what the server has stored. */
    static Map<String, String> values(Secret secret) {
        Map<String, String> values = new HashMap<>();
        PLACEHOLDERS.values().forEach(placeholder -> values.put(placeholder, id(secret, placeholder)));
        FurtherRecords.TYPES.forEach(
                type -> values.put(FurtherRecords.placeholder(type), FurtherRecords.id(secret, type)));
        values.put("hr", id(secret, "hr"));
        values.put(OPEN_STAY, id(secret, OPEN_STAY));
        values.put(DENIED_STAY, id(secret, DENIED_STAY));
        values.put("flag", id(secret, "flag"));
        values.put("systolic", secret.systolic());
        values.put("diastolic", secret.diastolic());
        values.put("effective", secret.effective());
        values.put("second", secret.second());
        values.put("day", secret.day());
        values.put("month", secret.month());
        values.put("family", secret.family());
        values.put("given", secret.given());
        values.put("birthdate", secret.birthDate());
        values.put("kvnr", secret.kvnr());
        values.put("vitalId", secret.vitalId());
        values.put("serial", secret.serial());
        values.put("note", secret.note());
        return values;
    }

    static String id(Secret secret, String placeholder) {
        return Records.id("fuzz-" + secret.name() + "-" + placeholder);
    }

    /** The patient, the links, the consent, the cuff, and a heart rate that is the same for every patient. */
    static List<Resource> links(Secret secret) {
        String patient = id(secret, "patient");
        List<Resource> records = new ArrayList<>(List.of(
                patient(secret),
                device(secret),
                withId(secret, "team", team(patient, CARING, null)),
                withId(secret, "expired-team", team(patient, EXPIRED, "2021-12-31")),
                withId(secret, "unpermitted-team", team(patient, UNPERMITTED, null)),
                withId(secret, "team-of-one-code", team(patient, CLINIC_OF_A_TEAM, null)),
                withId(secret, "team-of-a-denied-person", team(patient, CLINIC_OF_A_DENIED_PERSON, null)),
                withId(secret, "team-of-another-purpose", team(patient, CLINIC_OF_ANOTHER_PURPOSE, null)),
                withId(secret, "coverage-5", coverage(patient, INSURER_OF_WHAT_IS_NORMAL, null)),
                withId(secret, "coverage-6", coverage(patient, INSURER_WITHOUT_A_LABEL, null)),
                withId(secret, "coverage-7", coverage(patient, INSURER_WITHOUT_RECORDS, null)),
                withId(secret, "coverage-8", coverage(patient, INSURER_OF_AN_AUTHOR, null)),
                withId(secret, "coverage-9", coverage(patient, INSURER_WITHOUT_AN_AUTHOR, null)),
                withId(secret, "coverage-10", coverage(patient, INSURER_OF_A_STAY, null)),
                withId(secret, "coverage-11", coverage(patient, INSURER_WITHOUT_A_STAY, null)),
                withId(secret, OPEN_STAY, stay(secret)),
                withId(secret, DENIED_STAY, stay(secret)),
                withId(secret, "coverage", coverage(patient, INSURER_OF_ONE_CODE, null)),
                withId(secret, "coverage-3", coverage(patient, INSURER_WITH_EXCEPTIONS, null)),
                withId(secret, "coverage-4", coverage(patient, INSURER_OF_ONE_TIME, null)),
                withId(secret, "coverage-2", coverage(patient, INSURER, null)),
                withId(secret, "lapsed-coverage", coverage(patient, LAPSED_INSURER, "2021-12-31")),
                withId(secret, "consent", HiddenConsents.of(secret)),
                HiddenConsents.withoutRecords(secret, List.of())));
        records.add(heartRate(id(secret, "hr"), patient, id(secret, "device"), "hr-of-a-hidden-patient")
                .setEncounter(new Reference("Encounter/" + id(secret, OPEN_STAY))));
        return records;
    }

    /** All that a clinic needs, were the record not restricted. */
    static List<Resource> openBesideRestriction(Secret secret) {
        String patient = id(secret, "patient");
        Consent consent = HiddenConsents.newConsent(patient, CLINIC_OF_THE_RESTRICTED);
        Consents.permit(consent, CLINIC_OF_THE_RESTRICTED, Purpose.TREAT);
        return List.of(
                withId(secret, "team-of-the-restricted", team(patient, CLINIC_OF_THE_RESTRICTED, null)),
                withId(secret, "consent-of-the-restricted", consent));
    }

    /** Everything that is secret beside the patient's own data. */
    static List<Resource> records(Secret secret) {
        return List.of(
                bloodPressure(secret), condition(secret), goal(secret), plan(secret), binary(secret), document(secret));
    }

    /** A risk flag, its provenance and the task to sign it, as the analysis job sends them. */
    static Bundle flag(Secret secret, String algorithm) {
        Bundle bundle = Records.transaction(riskFlag(secret, algorithm), provenance(secret, algorithm), task(secret));
        bundle.getEntryFirstRep().setFullUrl(FLAG);
        return bundle;
    }

    static Observation bloodPressure(Secret secret) {
        Observation pressure =
                vital(id(secret, "bp"), Codes.BLOOD_PRESSURE_PANEL, id(secret, "patient"), id(secret, "device"));
        pressure.addIdentifier().setSystem(Canonicals.VITAL_IDENTIFIER).setValue(secret.vitalId());
        for (int n = 1; n <= FRESH; n++) {
            pressure.addIdentifier()
                    .setSystem(Canonicals.VITAL_IDENTIFIER)
                    .setValue(secret.vitalId() + "-" + Oracle.fresh(n));
        }
        pressure.setEffective(new DateTimeType(secret.effective()));
        pressure.addPerformer(new Reference("Organization/" + CARING));
        pressure.setEncounter(new Reference("Encounter/" + id(secret, DENIED_STAY)));
        pressure.addNote().setText(secret.note());
        pressure.getMeta().addSecurity(new Coding(CONFIDENTIALITY, "R", null));
        component(pressure, Codes.SYSTOLIC, secret.systolic());
        component(pressure, Codes.DIASTOLIC, secret.diastolic());
        return pressure;
    }

    static Observation heartRate(String id, String patient, String device, String identifier) {
        Observation rate = vital(id, Codes.HEART_RATE, patient, device);
        rate.addIdentifier().setSystem(Canonicals.VITAL_IDENTIFIER).setValue(identifier);
        rate.setEffective(new DateTimeType(OPEN_TIME));
        rate.addPerformer(new Reference("Organization/" + EXPIRED));
        rate.setValue(quantity("63", "/min"));
        return rate;
    }

    private static Observation vital(String id, String code, String patient, String device) {
        Observation vital = new Observation();
        vital.setId(id);
        vital.addExtension(Canonicals.MEASUREMENT_SETTING, new CodeType(Codes.HOME));
        vital.setStatus(ObservationStatus.FINAL);
        vital.addCategory().addCoding(new Coding(Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS, null));
        vital.setCode(concept(Codes.LOINC, code));
        vital.setSubject(new Reference("Patient/" + patient));
        vital.setDevice(new Reference("Device/" + device));
        return vital;
    }

    private static void component(Observation pressure, String code, String value) {
        pressure.addComponent().setCode(concept(Codes.LOINC, code)).setValue(quantity(value, "mm[Hg]"));
    }

    private static Quantity quantity(String value, String unit) {
        return new Quantity()
                .setValue(new BigDecimal(value))
                .setUnit(unit)
                .setSystem(Codes.UCUM)
                .setCode(unit);
    }

    private static Patient patient(Secret secret) {
        Patient patient = Records.patient(id(secret, "patient"));
        patient.getNameFirstRep().setFamily(secret.family());
        patient.getNameFirstRep().getGiven().get(0).setValue(secret.given());
        patient.setBirthDateElement(new DateType(secret.birthDate()));
        patient.getIdentifierFirstRep().setValue(secret.kvnr());
        return patient;
    }

    private static Device device(Secret secret) {
        Device device = Records.cuff(id(secret, "device"), id(secret, "patient"));
        device.setSerialNumber(secret.serial());
        device.addIdentifier().setSystem("https://example.org/serial").setValue(secret.serial());
        return device;
    }

    static CareTeam team(String patient, String organization, @Nullable String end) {
        CareTeam team = Records.careTeam(Records.id("no id yet"), patient, organization);
        if (end != null) {
            team.getPeriod().setEndElement(new DateTimeType(end));
        }
        return team;
    }

    static Coverage coverage(String patient, String organization, @Nullable String end) {
        Period period = Consents.period("2019-01-01", end);
        return Consents.coverage(patient, organization, period);
    }

    private static Encounter stay(Secret secret) {
        Encounter stay = new Encounter();
        stay.setStatus(Encounter.EncounterStatus.FINISHED);
        stay.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", null));
        return stay.setSubject(subject(secret)).setPeriod(Consents.period(OPEN_TIME, OPEN_TIME));
    }

    private static Condition condition(Secret secret) {
        Condition condition = new Condition();
        condition.setClinicalStatus(concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"));
        condition.setCode(new CodeableConcept().setText(secret.note()));
        condition.setSubject(subject(secret));
        condition.setOnset(new DateTimeType(secret.effective()));
        return withId(secret, "condition", condition);
    }

    private static Goal goal(Secret secret) {
        Goal goal = new Goal();
        goal.setLifecycleStatus(Goal.GoalLifecycleStatus.ACTIVE);
        goal.setDescription(new CodeableConcept().setText(secret.note()));
        goal.setSubject(subject(secret));
        return withId(secret, "goal", goal);
    }

    private static CarePlan plan(Secret secret) {
        CarePlan plan = new CarePlan();
        plan.setStatus(CarePlan.CarePlanStatus.ACTIVE).setIntent(CarePlan.CarePlanIntent.PLAN);
        plan.setTitle(secret.note());
        plan.setSubject(subject(secret));
        plan.getPeriod().setStartElement(new DateTimeType(secret.day()));
        plan.setAuthor(new Reference("Organization/" + CARING));
        plan.addActivity()
                .getDetail()
                .setStatus(CarePlan.CarePlanActivityStatus.INPROGRESS)
                .setDescription("Walk");
        return withId(secret, "plan", plan);
    }

    private static Binary binary(Secret secret) {
        Binary binary = new Binary();
        binary.setContentType("text/plain");
        binary.setSecurityContext(subject(secret));
        binary.setData(secret.note().getBytes(StandardCharsets.UTF_8));
        return withId(secret, "binary", binary);
    }

    private static DocumentReference document(Secret secret) {
        DocumentReference document = new DocumentReference();
        document.setStatus(DocumentReferenceStatus.CURRENT);
        document.setSubject(subject(secret));
        document.setDescription(secret.note());
        document.addContent()
                .setAttachment(new Attachment().setContentType("text/plain").setTitle(secret.note()));
        return withId(secret, "document", document);
    }

    private static Observation riskFlag(Secret secret, String algorithm) {
        Observation flag = new Observation();
        flag.addIdentifier()
                .setSystem(Canonicals.RISK_FLAG_IDENTIFIER)
                .setValue(Codes.SUSPECTED_ATRIAL_FIBRILLATION + "|" + id(secret, "patient"));
        flag.setStatus(ObservationStatus.PRELIMINARY);
        flag.addCategory().addCoding(new Coding(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG, null));
        flag.setCode(concept(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION));
        flag.setSubject(subject(secret));
        flag.setEffective(Consents.period(secret.effective(), secret.effective()));
        flag.setIssuedElement(new InstantType(secret.effective()));
        flag.setValue(concept(Codes.RISK_PROBABILITY, "high"));
        flag.addNote().setText(secret.note());
        flag.setMethod(new CodeableConcept().setText("model 1"));
        flag.setDevice(new Reference("Device/" + algorithm));
        flag.addDerivedFrom(new Reference("Observation/" + id(secret, "bp") + "/_history/1"));
        return flag;
    }

    private static Provenance provenance(Secret secret, String algorithm) {
        Provenance provenance = new Provenance();
        provenance.addTarget(new Reference(FLAG));
        provenance.setRecordedElement(new InstantType(OPEN_TIME));
        provenance.addAgent().setWho(new Reference("Device/" + algorithm));
        provenance
                .addEntity()
                .setRole(Provenance.ProvenanceEntityRole.SOURCE)
                .setWhat(new Reference("Observation/" + id(secret, "bp") + "/_history/1"));
        return provenance;
    }

    private static Task task(Secret secret) {
        Task task = new Task();
        task.setStatus(Task.TaskStatus.REQUESTED).setIntent(Task.TaskIntent.ORDER);
        task.setCode(concept(Canonicals.TASK_CODES, Codes.SIGN_OFF));
        task.setFocus(new Reference(FLAG));
        task.setFor(subject(secret));
        task.setAuthoredOnElement(new DateTimeType(secret.effective()));
        task.getRestriction().getPeriod().setEndElement(new DateTimeType(secret.effective()));
        return task;
    }

    private static Reference subject(Secret secret) {
        return new Reference("Patient/" + id(secret, "patient"));
    }

    static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    private static <T extends Resource> T withId(Secret secret, String placeholder, T record) {
        record.setId(id(secret, placeholder));
        return record;
    }
}
