package eu.sinusnode.server.http;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.consent.SlowReference;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Mia's records of many types and codes, her clinic, her insurer, a clinic that is not hers, and who asks about them. */
final class DecisionWorld {

    static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";
    static final String PULSE = Codes.SNOMED + "|364075005";
    static final String FIBRILLATION = Codes.SNOMED + "|49436004";
    static final String HEART_RATE = Codes.LOINC + "|" + Codes.HEART_RATE;
    static final String PRESSURE = Codes.LOINC + "|" + Codes.BLOOD_PRESSURE_PANEL;
    static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    static final String SENSITIVITY = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    static final String METOPROLOL = ATC + "|C07AB02";

    private static final Map<String, String> BODIES = Map.of(
            "Condition",
            """
            "clinicalStatus": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
            "code": {"text": "Atrial fibrillation"}, "subject": {"reference": "@patient"}""",
            "CarePlan",
            """
            "status": "active", "intent": "plan", "title": "Walking", "subject": {"reference": "@patient"},
            "period": {"start": "2026-05-04"}, "author": {"reference": "@clinic"},
            "activity": [{"detail": {"status": "in-progress", "description": "Walk"}}]""",
            "Goal",
            """
            "lifecycleStatus": "active", "description": {"text": "Walk"}, "subject": {"reference": "@patient"}""",
            "MedicationRequest",
            """
            "status": "active", "intent": "order", "subject": {"reference": "@patient"}, "authoredOn": "2026-05-04",
            "medicationCodeableConcept": {"coding": [{"system": "@atc", "code": "C07AB02"}]}""",
            "MedicationStatement",
            """
            "status": "active", "subject": {"reference": "@patient"}, "effectiveDateTime": "2026-05-05",
            "medicationCodeableConcept": {"coding": [{"system": "@atc", "code": "C07AB02"}]}""",
            "ServiceRequest",
            """
            "status": "active", "intent": "order", "subject": {"reference": "@patient"},
            "code": {"text": "Exercise test"}, "authoredOn": "2026-05-04" """,
            "DiagnosticReport",
            """
            "status": "final", "subject": {"reference": "@patient"}, "code": {"text": "Exercise test"},
            "effectiveDateTime": "2026-05-04", "issued": "2026-05-04T12:00:00+02:00" """);

    private final SearchWorld world;
    /** {@code Type/id} and the codes that the record carries. */
    private final Map<String, Set<String>> records = new LinkedHashMap<>();
    /** {@code Type/id} and when its content was true, for those that tell it. */
    private final Map<String, Time> times = new HashMap<>();

    /** {@code Type/id} and the security labels that the record is to carry, for those that carry any. */
    private final Map<String, Set<String>> labels = new HashMap<>();

    /** {@code Type/id} and who authored the record, for those that tell it. */
    private final Map<String, Set<String>> authors = new HashMap<>();

    /** {@code Type/id} and the Encounter that the record names, for those that name one. */
    private final Map<String, String> encounters = new HashMap<>();

    /** @param high null is open */
    record Time(Instant low, @Nullable Instant high) {}

    DecisionWorld(String name) {
        this.world = new SearchWorld(name);
    }

    String patient() {
        return world.id("mia");
    }

    String clinic() {
        return world.clinicId();
    }

    String otherClinic() {
        return world.id("other-clinic");
    }

    String insurer() {
        return Records.INSURER;
    }

    String daughter() {
        return world.id("daughter");
    }

    String id(String name) {
        return world.id(name);
    }

    Map<String, Set<String>> records() {
        return records;
    }

    Map<String, Set<String>> labels() {
        return labels;
    }

    Map<String, Time> times() {
        return times;
    }

    /** As docs/consent.md has them, or {@link SlowReference#UNTOLD}. */
    Set<String> authors(String path) {
        Set<String> told = authors.getOrDefault(path, Set.of());
        return told.isEmpty() ? Set.of(SlowReference.UNTOLD) : told;
    }

    /** To what a record belongs, as docs/consent.md has it. */
    Set<String> wholes(String path) {
        String type = path.substring(0, path.indexOf('/'));
        Set<String> wholes = new HashSet<>(Set.of(path));
        if (encounters.containsKey(path)) {
            wholes.add(encounters.get(path));
        }
        if (Set.of("Goal", "Bundle").contains(type)
                || Set.of("Condition", "Observation", "Procedure", "ServiceRequest")
                                .contains(type)
                        && !encounters.containsKey(path)) {
            wholes.add("Encounter/" + SlowReference.UNTOLD);
        }
        if (!type.equals("CarePlan")) {
            wholes.add("CarePlan/" + SlowReference.UNTOLD);
        }
        return wholes;
    }

    String token(CallerKind kind) {
        return switch (kind) {
            case PATIENT -> RunningServer.TOKENS.patient(patient());
            case REPRESENTATIVE -> WalkWorld.representative(daughter(), patient());
            case CLINICIAN -> RunningServer.TOKENS.clinician(clinic());
            case CLINIC_SYSTEM -> RunningServer.TOKENS.clinicSystem(clinic());
            case INSURER -> WalkWorld.organization(kind, insurer());
            default -> WalkWorld.organization(kind, Records.CENTRE);
        };
    }

    void load() {
        world.clinic();
        RunningServer.load(Records.transaction(Records.organization(otherClinic(), "Another clinic")));
        world.person("mia", "Entscheidung", "1950-01-01", false);
        world.person("noah", "Entscheidung", "1960-01-01", true);
        Period since2020 = new Period().setStartElement(new DateTimeType("2020-01-01"));
        RunningServer.load(Records.transaction(
                WalkWorld.coverage(id("coverage"), patient(), insurer(), since2020),
                WalkWorld.daughter(daughter(), patient(), since2020)));
        records.put("Patient/" + patient(), Set.of());
        records.put("CareTeam/" + id("team-mia"), Set.of());
        records.put("Coverage/" + id("coverage"), Set.of());
        records.put("Device/" + id("cuff-mia"), Set.of());
        List<Resource> made = new ArrayList<>();
        Observation both = world.heartRate("mia", "both", 64, "2026-06-05T08:00:00Z");
        both.getCode().addCoding(new Coding(Codes.SNOMED, "364075005", null));
        add(made, world.heartRate("mia", "rate-1", 61, "2026-05-01T08:00:00Z"), HEART_RATE);
        add(made, world.heartRate("mia", "rate-2", 62, "2026-06-02T08:00:00Z"), HEART_RATE);
        add(made, both, HEART_RATE, PULSE);
        add(made, world.pressure("mia", "pressure", 141, 91), PRESSURE);
        add(
                made,
                body(
                        "Condition",
                        "coded",
                        "\"text\"",
                        "\"coding\": [{\"system\": \"" + Codes.SNOMED + "\", \"code\": \"49436004\"}], \"text\""),
                FIBRILLATION);
        add(made, body("Condition", "in-words", "", ""));
        add(made, body("Condition", "since-july", "\"subject\"", "\"onsetDateTime\": \"2026-07\", \"subject\""));
        add(made, body("MedicationRequest", "prescribed", "", ""), METOPROLOL);
        add(made, body("MedicationStatement", "taken", "", ""), METOPROLOL);
        for (String type : List.of("ServiceRequest", "DiagnosticReport", "CarePlan", "Goal")) {
            add(made, body(type, "one-" + type, "", ""));
        }
        add(
                made,
                Objects.requireNonNull(
                        WalkRecords.of(patient(), RunningServer.BASE).get("Bundle")));
        RunningServer.load(Records.transaction(made.toArray(Resource[]::new)));
        moment("Observation", "rate-1", "2026-05-01T08:00:00Z");
        moment("Observation", "rate-2", "2026-06-02T08:00:00Z");
        moment("Observation", "both", "2026-06-05T08:00:00Z");
        moment("Observation", "pressure", "2026-06-01T08:00:00Z");
        time("Condition", "since-july", "2026-06-30T22:00:00Z", "2026-07-31T22:00:00Z");
        time("MedicationStatement", "taken", "2026-05-04T22:00:00Z", "2026-05-05T22:00:00Z");
        time("CarePlan", "one-CarePlan", "2026-05-03T22:00:00Z", null);
        authors.put("CarePlan/" + id("one-CarePlan"), Set.of("Organization/" + clinic()));
        time("MedicationRequest", "prescribed", "2026-05-03T22:00:00Z", "2026-05-04T22:00:00Z");
        for (String type : List.of("ServiceRequest", "DiagnosticReport")) {
            time(type, "one-" + type, "2026-05-03T22:00:00Z", "2026-05-04T22:00:00Z");
        }
    }

    /** Records that carry security labels: stated ones, and ones that a diagnosis and a drug say. */
    void loadLabelled() {
        List<Resource> made = new ArrayList<>();
        Observation restricted = world.heartRate("mia", "rate-restricted", 71, "2026-05-01T09:00:00Z");
        restricted.getMeta().addSecurity(new Coding(CONFIDENTIALITY, "R", null));
        Observation secret = world.heartRate("mia", "rate-secret", 72, "2026-06-02T09:00:00Z");
        secret.getMeta().addSecurity(new Coding(CONFIDENTIALITY, "V", null));
        Resource goal = body("Goal", "private-goal", "", "");
        goal.getMeta().addSecurity(new Coding(SENSITIVITY, "PSY", null));
        String coding = "\"coding\": [{\"system\": \"" + Codes.ICD_10_GM + "\", \"code\": \"B24\"}], \"text\"";
        add(made, restricted, HEART_RATE);
        add(made, secret, HEART_RATE);
        add(made, goal);
        add(made, body("Condition", "infection", "\"text\"", coding), Codes.ICD_10_GM + "|B24");
        add(made, body("MedicationStatement", "lifts-mood", "C07AB02", "N06AB04"), ATC + "|N06AB04");
        RunningServer.load(Records.transaction(made.toArray(Resource[]::new)));
        moment("Observation", "rate-restricted", "2026-05-01T09:00:00Z");
        moment("Observation", "rate-secret", "2026-06-02T09:00:00Z");
        time("MedicationStatement", "lifts-mood", "2026-05-04T22:00:00Z", "2026-05-05T22:00:00Z");
        labels.put("Observation/" + id("rate-restricted"), Set.of(CONFIDENTIALITY + "|R"));
        labels.put("Observation/" + id("rate-secret"), Set.of(CONFIDENTIALITY + "|V"));
        labels.put("Goal/" + id("private-goal"), Set.of(SENSITIVITY + "|PSY", CONFIDENTIALITY + "|R"));
        labels.put("Condition/" + id("infection"), Set.of(SENSITIVITY + "|HIV", CONFIDENTIALITY + "|R"));
        labels.put("MedicationStatement/" + id("lifts-mood"), Set.of(SENSITIVITY + "|PSY", CONFIDENTIALITY + "|R"));
    }

    /** A stay, to which records that are drawn belong. */
    void loadStay() {
        Encounter stay = new Encounter();
        stay.setId(id("stay"));
        stay.setStatus(Encounter.EncounterStatus.FINISHED).setSubject(new Reference("Patient/" + patient()));
        stay.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", null));
        stay.setPeriod(new Period()
                .setStartElement(new DateTimeType("2026-05-04"))
                .setEndElement(new DateTimeType("2026-05-04")));
        RunningServer.load(Records.transaction(stay));
        time("Encounter", "stay", "2026-05-03T22:00:00Z", "2026-05-04T22:00:00Z");
        records.put("Encounter/" + id("stay"), Set.of());
    }

    /** Records of any type, code, label, time, author and stay, as they are drawn. */
    void loadDrawn(int many, Random random, List<LocalDate> edges, LocalDate today) {
        List<DrawnRecords.Drawn> drawn = new DrawnRecords(world, "mia", random, edges, today).draw(many);
        RunningServer.load(Records.transaction(
                drawn.stream().map(DrawnRecords.Drawn::record).toArray(Resource[]::new)));
        for (DrawnRecords.Drawn each : drawn) {
            String path = each.record().fhirType() + "/"
                    + each.record().getIdElement().getIdPart();
            records.put(path, each.codes());
            authors.put(path, each.authors());
            if (!each.encounter().isEmpty()) {
                encounters.put(path, each.encounter());
            }
            if (!each.labels().isEmpty()) {
                labels.put(path, each.labels());
            }
            if (each.time() != null) {
                times.put(path, each.time());
            }
        }
    }

    private void moment(String type, String name, String at) {
        time(type, name, at, Instant.parse(at).plusMillis(1).toString());
    }

    private void time(String type, String name, String low, @Nullable String high) {
        times.put(type + "/" + id(name), new Time(Instant.parse(low), high == null ? null : Instant.parse(high)));
    }

    private void add(List<Resource> made, Resource record, String... codes) {
        made.add(record);
        records.put(record.fhirType() + "/" + record.getIdElement().getIdPart(), Set.of(codes));
    }

    private Resource body(String type, String name, String instead, String of) {
        String body = Objects.requireNonNull(BODIES.get(type), type);
        String resolved = (instead.isEmpty() ? body : body.replace(instead, of))
                .replace("@patient", "Patient/" + patient())
                .replace("@clinic", "Organization/" + clinic())
                .replace("@atc", ATC);
        Resource record = (Resource) FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource("{\"resourceType\": \"" + type + "\", " + resolved + "}");
        record.setId(id(name));
        return record;
    }

    /** Active, the patient's own, and it denies everything. */
    Consent consent(String name) {
        Consent consent = WalkWorld.consent(id(name), patient());
        consent.getProvision().getProvision().clear();
        return consent;
    }

    // What is asked

    static Parameters ask(String organization, @Nullable String practitioner, String purpose) {
        Parameters asked = new Parameters();
        ParametersParameterComponent caller = asked.addParameter().setName("caller");
        caller.addPart().setName("organization").setValue(new Reference("Organization/" + organization));
        if (practitioner != null) {
            caller.addPart().setName("practitioner").setValue(new Reference("Practitioner/" + practitioner));
        }
        asked.addParameter("purpose", new CodeType(purpose));
        return asked;
    }

    static Parameters about(Parameters asked, Iterable<String> paths) {
        paths.forEach(path -> asked.addParameter("resource", new Reference(path)));
        return asked;
    }

    static Parameters aboutType(Parameters asked, String type, String... codes) {
        ParametersParameterComponent of = asked.addParameter().setName("type");
        of.addPart().setName("class").setValue(new CodeType(type));
        for (String code : codes) {
            int bar = code.lastIndexOf('|');
            of.addPart().setName("code").setValue(new Coding(code.substring(0, bar), code.substring(bar + 1), null));
        }
        return asked;
    }

    static Parameters labelled(Parameters asked, String type, String system, String label) {
        ParametersParameterComponent of = asked.addParameter().setName("type");
        of.addPart().setName("class").setValue(new CodeType(type));
        of.addPart().setName("label").setValue(new Coding(system, label, null));
        return asked;
    }

    /** @param time a dateTime or a Period */
    static Parameters timed(Parameters asked, String type, Type time) {
        ParametersParameterComponent of = asked.addParameter().setName("type");
        of.addPart().setName("class").setValue(new CodeType(type));
        of.addPart().setName("time").setValue(time);
        return asked;
    }

    static Parameters at(Parameters asked, Instant at) {
        asked.addParameter("at", new DateTimeType(at.toString()));
        return asked;
    }

    static Parameters with(Parameters asked, Consent draft) {
        asked.addParameter().setName("consent").setResource(draft);
        return asked;
    }

    String path() {
        return "Patient/" + patient() + "/$consent-decision";
    }

    // What is answered

    static List<ParametersParameterComponent> decisions(Parameters answer) {
        return answer.getParameter().stream()
                .filter(parameter -> "decision".equals(parameter.getName()))
                .toList();
    }

    /** The value of a part, of a reference what it refers to; empty when there is no such part. */
    static String part(ParametersParameterComponent decision, String name) {
        return decision.getPart().stream()
                .filter(part -> name.equals(part.getName()))
                .map(part -> part.getValue() instanceof Reference reference
                        ? reference.getReference()
                        : part.getValue().primitiveValue())
                .findFirst()
                .orElse("");
    }
}
