package eu.sinusnode.server.lane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.projection.LabelledObservationProjection;
import eu.sinusnode.server.projection.OwnTables;
import eu.sinusnode.server.projection.PermitProjection;
import eu.sinusnode.server.projection.ProjectionInterceptor;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The stream of readings with what rules ask for beside them, of two patients, on tables of their own. */
abstract class RiskInputsOfTwo {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final String CENTRE = "00000000-0000-4000-8000-0000000000c0";
    static final String ADA = "0a000000-0000-4000-8000-000000000001";
    static final String BEN = "9b000000-0000-4000-8000-000000000002";
    static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";

    static OwnTables tables;

    ProjectionInterceptor storage = new ProjectionInterceptor(List.of());

    @BeforeAll
    static void migrate() {
        tables = OwnTables.migrated();
    }

    @BeforeEach
    void empty() {
        tables.jdbc()
                .execute("TRUNCATE sinusnode.directive, sinusnode.vital_reading, sinusnode.reading_change,"
                        + " sinusnode.labelled_observation, sinusnode.risk_input");
        storage = new ProjectionInterceptor(List.of(
                new RiskInputProjection(new RiskInputTable(tables.transaction())),
                new LabelledObservationProjection(tables.transaction()),
                new PermitProjection(tables.transaction(), new ConsentCompiler(ZoneOffset.UTC))));
    }

    void permitAll(String patient) {
        tables.create(storage, Consents.permitting(patient, CENTRE, Purpose.CAREMGT));
    }

    void everything(String patient) {
        tables.create(
                storage,
                patient(patient),
                failure(patient),
                betaBlocker(patient),
                limits(patient),
                cholesterol(patient, "5.4", "2026-10-01"),
                smoking(patient, "449868002"));
    }

    static String id(String name, String patient) {
        return java.util
                .UUID
                .nameUUIDFromBytes((name + patient).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    static Patient patient(String id) {
        Patient patient = new Patient();
        patient.setId("Patient/" + id + "/_history/1");
        patient.addName().setFamily("Zaunkönig").addGiven("Ada");
        patient.setGender(AdministrativeGender.MALE).setBirthDateElement(new DateType("1960-02-29"));
        patient.addAddress()
                .setUse(org.hl7.fhir.r4.model.Address.AddressUse.HOME)
                .setCity("Leipzig")
                .setPostalCode("04109")
                .setCountry("DE");
        return patient;
    }

    static Condition failure(String patient) {
        Condition condition = new Condition();
        condition.setId("Condition/" + id("failure", patient) + "/_history/1");
        condition.setSubject(new Reference("Patient/" + patient));
        Coding code = condition.getCode().setText("Herzinsuffizienz").addCoding();
        code.setSystem(Codes.ICD_10_GM).setVersion("2026").setCode("I50.13").setDisplay("NYHA III");
        code.addExtension("http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit", new Coding().setCode("G"));
        condition.getClinicalStatus().addCoding().setCode("active");
        condition.setOnset(new DateTimeType("2021-05")).setRecordedDateElement(new DateTimeType("2021-06-01"));
        condition.addNote().setText("geheim");
        return condition;
    }

    static MedicationRequest betaBlocker(String patient) {
        MedicationRequest request = new MedicationRequest();
        request.setId("MedicationRequest/" + id("drug", patient) + "/_history/1");
        request.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE);
        request.setSubject(new Reference("Patient/" + patient));
        request.setMedication(new CodeableConcept(new Coding(ATC, "C07AB07", "Bisoprolol")).setText("Bisoprolol"));
        return request;
    }

    static Goal limits(String patient) {
        Goal goal = new Goal();
        goal.setId("Goal/" + id("limits", patient) + "/_history/1");
        goal.setLifecycleStatus(Goal.GoalLifecycleStatus.ACTIVE);
        goal.addCategory().addCoding(new Coding(Canonicals.GOAL_CATEGORIES, Codes.ALERT_LIMIT, "words"));
        goal.getDescription().setText("geheim");
        goal.setSubject(new Reference("Patient/" + patient));
        Goal.GoalTargetComponent target = goal.addTarget();
        target.setMeasure(new CodeableConcept(new Coding(Codes.LOINC, Codes.SYSTOLIC, "words")));
        target.setDetail(new Range().setHigh(quantity("160", "mm[Hg]")));
        goal.addNote().setText("geheim");
        return goal;
    }

    static Observation cholesterol(String patient, String value, String at) {
        Observation observation = observation(patient, "cholesterol" + at, LaboratoryCodes.CHOLESTEROL, at);
        observation.setValue(quantity(value, "mmol/L"));
        return observation;
    }

    static Observation smoking(String patient, String snomed) {
        Observation observation = observation(patient, "smoking", Codes.SMOKING_STATUS, "2026-09-01");
        observation.setValue(new CodeableConcept(new Coding(Codes.SNOMED, snomed, null)));
        return observation;
    }

    static Observation observation(String patient, String name, String loinc, String at) {
        Observation observation = new Observation();
        observation.setId("Observation/" + id(name, patient) + "/_history/1");
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setSubject(new Reference("Patient/" + patient));
        observation.getCode().addCoding(new Coding(Codes.LOINC, loinc, "words"));
        observation.setEffective(new DateTimeType(at));
        observation.addNote().setText("geheim");
        return observation;
    }

    static Quantity quantity(String value, String unit) {
        return new Quantity()
                .setValue(new BigDecimal(value))
                .setUnit("words")
                .setSystem(Codes.UCUM)
                .setCode(unit);
    }

    static boolean isOf(JsonNode one, String type, @Nullable String code) {
        return one.path("resourceType").asText().equals(type)
                && (code == null || one.at("/code/coding/0/code").asText().equals(code));
    }

    static List<String> withheld(List<JsonNode> lines, String patient) {
        return lines.stream()
                .filter(line -> line.path("kind").asText().equals("patient")
                        && line.path("patient").asText().equals(patient))
                .flatMap(line -> Stream.iterate(0, i -> i + 1)
                        .limit(line.path("withheld").size())
                        .map(i -> line.path("withheld").path(i).asText()))
                .toList();
    }

    static List<JsonNode> inputs(List<JsonNode> lines, String patient) {
        return lines.stream()
                .filter(line -> line.path("kind").asText().equals("input")
                        && line.path("patient").asText().equals(patient))
                .map(line -> line.path("resource"))
                .toList();
    }

    static List<JsonNode> given() throws Exception {
        List<JsonNode> given = new ArrayList<>();
        for (JsonNode one : inputs(lines(), ADA)) {
            given.add(new ObjectMapper().readTree(canonical(one.toString())));
        }
        return given;
    }

    static String canonical(String json) throws Exception {
        ObjectMapper mapper = new ObjectMapper()
                .enable(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        return mapper.writeValueAsString(mapper.treeToValue(mapper.readTree(json), Object.class));
    }

    static List<JsonNode> lines() throws Exception {
        return read(null);
    }

    static List<JsonNode> read(@Nullable Long since) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ReadingCursor(tables.dataSource(), (connection, patients) -> Map.of())
                .read(
                        new ReadingRange(CENTRE, Purpose.CAREMGT, Relationship.NONE_NEEDED, null, null, 10, since, NOW),
                        new NdjsonReadings(out));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }
}
