package eu.sinusnode.server.http;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;

/** One patient to whom a caller of every kind is linked, and who permits everybody everything. */
public final class WalkWorld {

    public static final String PATIENT = Records.id("walk");
    static final String VITAL = Records.id("walk-hr");
    static final String CUFF = Records.id("walk-cuff");
    static final String DAUGHTER = Records.id("walk-daughter");
    static final String GATEWAY = Records.id("walk-gateway");

    /** One of each type that is written. */
    private static final Map<String, Resource> STORED = new TreeMap<>();

    private static String event = "";

    private WalkWorld() {}

    public static void load() {
        Observation vital = Records.heartRate(PATIENT, CUFF, "walk-1");
        vital.setId(VITAL);
        STORED.put("Practitioner", Records.practitioner());
        STORED.put("Subscription", WalkSubscriptions.asked());
        Consent consent = consent(Records.id("walk-consent"), PATIENT);
        Consents.permit(consent, Records.LITTLE_KNOWN_INSTITUTE, Purpose.HRESCH);
        load(
                Records.organization(GATEWAY, "Gateway"),
                Records.patient(PATIENT),
                ownedCuff(CUFF, PATIENT, GATEWAY),
                Records.careTeam(Records.id("walk-team"), PATIENT, Records.CLINIC),
                coverage(
                        Records.id("walk-coverage"),
                        PATIENT,
                        Records.INSURER,
                        new Period().setStartElement(new DateTimeType("2020-01-01"))),
                daughter(DAUGHTER, PATIENT, new Period().setStartElement(new DateTimeType("2020-01-01"))),
                consent);
        load(vital);
        WalkRecords.of(PATIENT, RunningServer.BASE).values().forEach(WalkWorld::load);
        WalkCare.records().forEach(WalkWorld::load);
    }

    private static void load(Resource... records) {
        RunningServer.load(Records.transaction(records));
        for (Resource record : records) {
            STORED.put(record.fhirType(), record);
        }
    }

    /** The record of a type as it was stored, to be changed. */
    static Resource copy(String type) {
        return Objects.requireNonNull(STORED.get(type), type).copy();
    }

    static Device ownedCuff(String id, String patientId, String organization) {
        return Records.cuff(id, patientId).setOwner(new Reference("Organization/" + organization));
    }

    static Coverage coverage(String id, String patientId, String insurer, Period period) {
        Coverage coverage = Consents.coverage(patientId, insurer, period);
        coverage.setId(id);
        return coverage;
    }

    static RelatedPerson daughter(String id, String patientId, Period period) {
        RelatedPerson person = new RelatedPerson();
        person.setId(id);
        person.setActive(true).setPatient(new Reference("Patient/" + patientId)).setPeriod(period);
        person.addRelationship()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-RoleCode")
                .setCode("DAUC");
        person.addName().setFamily("Brandt").addGiven("Jana");
        return person;
    }

    /** Permits clinic, insurer and centre everything. */
    public static Consent consent(String id, String patientId) {
        Consent consent = Consents.denying(patientId);
        consent.setId(id);
        consent.addCategory(new CodeableConcept(new Coding(Codes.LOINC, "59284-0", null)));
        consent.setDateTimeElement(new DateTimeType("2026-01-05T09:00:00+01:00"));
        consent.addPerformer(new Reference("Patient/" + patientId));
        consent.addOrganization(new Reference("Organization/" + Records.CLINIC));
        consent.addPolicy().setUri("https://sinusnode.eu/policy/consent/1");
        Consents.permit(consent, Records.CLINIC, Purpose.TREAT);
        Consents.permit(consent, Records.INSURER, Purpose.HPAYMT);
        Consents.permit(consent, Records.CENTRE, Purpose.CAREMGT);
        Consents.permit(consent, Records.INSTITUTE, Purpose.HRESCH);
        return consent;
    }

    public static String token(CallerKind kind) {
        return switch (kind) {
            case PATIENT -> RunningServer.TOKENS.patient(PATIENT);
            case REPRESENTATIVE -> representative(DAUGHTER, PATIENT);
            case CLINICIAN -> RunningServer.TOKENS.clinician(Records.CLINIC);
            case CLINIC_SYSTEM -> RunningServer.TOKENS.clinicSystem(Records.CLINIC);
            case DEVICE_GATEWAY -> organization(kind, GATEWAY);
            case INSURER -> organization(kind, Records.INSURER);
            case RESEARCHER -> organization(kind, Records.LITTLE_KNOWN_INSTITUTE);
            case CONSENT_RECORDER -> organization(kind, Records.CLINIC);
            case ANALYSIS_JOB, AUDITOR, ADMINISTRATOR -> organization(kind, Records.CENTRE);
        };
    }

    static String representative(String relatedPerson, String patientId) {
        return RunningServer.TOKENS.token(CallerKind.REPRESENTATIVE, claims -> claims.claim("patient", patientId)
                .claim("fhirUser", "RelatedPerson/" + relatedPerson));
    }

    static String organization(CallerKind kind, String organization) {
        return RunningServer.TOKENS.token(kind, claims -> claims.claim("organization", organization));
    }

    /** Loading the world wrote some. */
    private static String anyEvent() {
        if (event.isEmpty()) {
            event = RunningServer.get("/AuditEvent?_count=1", RunningServer.TOKENS.auditor())
                    .bundle()
                    .getEntryFirstRep()
                    .getResource()
                    .getIdElement()
                    .getIdPart();
        }
        return event;
    }

    /** The id under which a type's record of this world is stored. */
    static String idOf(String type, CallerKind kind) {
        return switch (type) {
            case "Patient" -> PATIENT;
            case "Observation" -> VITAL;
            case "Device" -> CUFF;
            case "CareTeam" -> Records.id("walk-team");
            case "Coverage" -> Records.id("walk-coverage");
            case "Consent" -> Records.id("walk-consent");
            case "RelatedPerson" -> DAUGHTER;
            case "Practitioner" -> Records.PRACTITIONER;
            case "Organization" -> Records.CLINIC;
            case "Group" -> kind == CallerKind.INSURER ? Records.INSURER : Records.CLINIC;
            case "AuditEvent" -> anyEvent();
            case "Subscription" -> WalkSubscriptions.of(kind);
            default -> WalkCare.has(type) ? WalkCare.id(type) : WalkRecords.id(PATIENT, type);
        };
    }

    /** A condition that the type's search cannot do without; empty when it needs none. */
    static String needed(String type, String parameter, CallerKind kind) {
        Map<String, String> needed = Map.of(
                "Provenance", "target=Observation/" + VITAL,
                "Group", "managing-entity=Organization/" + idOf("Group", kind));
        boolean given = List.of("target", "managing-entity").contains(parameter);
        return given ? "" : needed.getOrDefault(type, "");
    }
}
