package eu.sinusnode.server.merging;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.WalkWorld;
import eu.sinusnode.server.projection.Consents;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;

/**
 * A released therapy plan and risk flags in a merge: they move, and what was recorded of them goes with them as it is, so that
 * what was signed can be looked at in the versions that were signed.
 */
class MergedProvenancesIT extends MergeWorld {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String ELSEWHERE = id("elsewhere-clinic");

    @Test
    void aReleasedPlanMovesAndItsReleaseStaysAsItWasSigned() {
        permitting("planned");
        String plan = released("planned");
        permitting("planned-twin");
        Provenance release = provenances(plan, clinician).get(0);
        String path = "/Provenance/" + release.getIdElement().getIdPart();
        String recorded = get(path, clinician).body();
        Map<String, String> signed = new TreeMap<>();
        release.getTarget()
                .forEach(target -> signed.put(
                        target.getReference(),
                        get("/" + target.getReference(), clinician).body()));
        assertThat(signed).hasSizeGreaterThan(3).containsKey(plan + "/_history/2");

        merge("planned", "planned-twin");

        String twin = TOKENS.patient(id("planned-twin"));
        for (String token : List.of(clinician, twin)) {
            assertThat(get(path, token).body()).isEqualTo(recorded);
            assertThat(ids(provenances(plan, token)))
                    .containsExactly(release.getIdElement().getIdPart());
            CarePlan moved = (CarePlan) get("/" + plan, token).resource();
            assertThat(moved.getStatus()).isEqualTo(CarePlanStatus.ACTIVE);
            assertThat(moved.getSubject().getReference()).isEqualTo("Patient/" + id("planned-twin"));
            assertThat(moved.getMeta().getVersionId()).isEqualTo("3");
            assertThat(found(Goal.class, "planned-twin", token))
                    .isNotEmpty()
                    .allMatch(goal -> goal.getLifecycleStatus() == GoalLifecycleStatus.ACTIVE);
            assertThat(found(ServiceRequest.class, "planned-twin", token))
                    .isNotEmpty()
                    .allMatch(order -> order.getStatus() == ServiceRequestStatus.ACTIVE);
        }
        signed.forEach((version, body) ->
                assertThat(get("/" + version, clinician).body()).as(version).isEqualTo(body));
        assertThat(status(path, TOKENS.patient(id("planned")))).isEqualTo(404);
        assertThat(get("/Patient/" + id("planned-twin") + "/$everything?_type=Provenance", twin)
                        .bundle()
                        .getEntry())
                .extracting(entry -> entry.getResource().getIdElement().getIdPart())
                .contains(release.getIdElement().getIdPart());
        CarePlan revoked = (CarePlan) get("/" + plan, clinician).resource();
        revoked.setMeta(null);
        Answer over = put("/" + plan, clinician, revoked.setStatus(CarePlanStatus.REVOKED));
        assertThat(over.status()).as(over.body()).isEqualTo(200);

        permitting("planned-third");
        merge("planned-twin", "planned-third");
        assertThat(ids(provenances(plan, TOKENS.patient(id("planned-third")))))
                .as("once more")
                .containsExactly(release.getIdElement().getIdPart());
        assertThat(provenances("Patient/" + id("planned-twin"), twin))
                .as("who merged the first two stays with the second")
                .hasSize(1);
    }

    @Test
    void whoMergedThemIsRecordedOnce() {
        permitting("recorded");
        fill("recorded");
        permitting("recorded-twin");
        merge("recorded", "recorded-twin");
        merge("recorded", "recorded-twin");

        String target = "Patient/" + id("recorded-twin");
        for (String token : List.of(clinician, TOKENS.patient(id("recorded-twin")))) {
            assertThat(provenances(target, token)).singleElement().satisfies(merge -> {
                assertThat(merge.getTarget())
                        .extracting(Reference::getReference)
                        .containsExactly(target + "/_history/2");
                assertThat(merge.getActivity().getCodingFirstRep().getCode()).isEqualTo("merge");
                assertThat(merge.getAgentFirstRep().getWho().getReference())
                        .isEqualTo("Organization/" + Records.CENTRE);
                assertThat(merge.getEntity()).isEmpty();
                Answer valid = post("/Provenance/$validate", TOKENS.loader(), withVersions(merge));
                assertThat(valid.body()).doesNotContain("\"severity\":\"error\"");
                merge.setId((String) null);
                merge.setMeta(null);
                assertThat(post("/Provenance", TOKENS.job(), withVersions(merge))
                                .status())
                        .as("nobody else records a merge")
                        .isEqualTo(403);
            });
        }
        assertThat(provenances(target, TOKENS.clinician(Records.CENTRE))).isEmpty();
    }

    @Test
    void whatWasKeptOfAPlanIsComputedAsBefore() {
        permitting("adhering");
        permitting("adhering-twin");
        LocalDate start = LocalDate.now(ZONE).minusDays(10);
        CarePlan plan = new CarePlan();
        plan.setId(id("adhering-plan"));
        plan.setStatus(CarePlanStatus.ACTIVE).setIntent(CarePlanIntent.PLAN).setTitle("Pressure at home");
        plan.setSubject(new Reference("Patient/" + id("adhering")));
        plan.getPeriod().getStartElement().setValueAsString(start.toString());
        Timing twice = new Timing();
        twice.getRepeat().setFrequency(2).setPeriod(1).setPeriodUnit(Timing.UnitsOfTime.D);
        plan.addActivity()
                .getDetail()
                .setStatus(CarePlan.CarePlanActivityStatus.INPROGRESS)
                .setDescription("Pressure twice a day")
                .setCode(concept(Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL))
                .setScheduled(twice);
        load(Records.transaction(plan));
        load(Records.transaction(pressures(start.plusDays(1), 8), pressures(start.plusDays(1), 20)));
        String path = "/CarePlan/" + id("adhering-plan") + "/$progress";
        String before = get(path, clinician).body();
        assertThat(before).contains("\"name\":\"kept\"").doesNotContain("notComputable");

        merge("adhering", "adhering-twin");

        assertThat(get(path, clinician).body()).isEqualTo(before);
        Answer own = get(path, TOKENS.patient(id("adhering-twin")));
        assertThat(own.status()).as(own.body()).isEqualTo(200);
        assertThat(own.body())
                .as("the earlier versions say that they are somebody else's, and nothing is guessed")
                .contains("notComputable");
    }

    private static Observation pressures(LocalDate day, int hour) {
        Observation pressures = Records.heartRate(id("adhering"), id("adhering-cuff"), "adhering-" + day + "-" + hour);
        pressures.setCode(concept(Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL)).setValue(null);
        pressures.setEffective(Records.at(day.atTime(hour, 0).atZone(ZONE).toInstant()));
        Map.of(Codes.SYSTOLIC, 128, Codes.DIASTOLIC, 80).forEach((code, value) -> pressures
                .addComponent()
                .setCode(concept(Codes.LOINC, code))
                .setValue(new Quantity()
                        .setValue(BigDecimal.valueOf(value))
                        .setUnit("mmHg")
                        .setSystem(Codes.UCUM)
                        .setCode("mm[Hg]")));
        return pressures;
    }

    @Test
    void aSignedFlagMovesAndWhatItWasMadeOfStaysAsItIs() {
        permitting("flagged");
        fill("flagged");
        permitting("flagged-twin");
        String flag = raised("flagged", Codes.SUSPECTED_ATRIAL_FIBRILLATION);
        String open = raised("flagged", Codes.SEVERE_VITAL_VALUE);
        Observation decided = (Observation) get("/" + flag, clinician).resource();
        decided.setStatus(ObservationStatus.FINAL)
                .addPerformer(new Reference("Practitioner/" + Records.PRACTITIONER))
                .addNote()
                .setText("Accepted.");
        Answer signing = update(decided, clinician);
        assertThat(signing.status()).as(signing.body()).isEqualTo(200);
        String signed = get("/" + flag + "/_history/2", clinician).body();
        Provenance made = provenances(flag, clinician).get(0);
        String path = "/Provenance/" + made.getIdElement().getIdPart();
        String recorded = get(path, clinician).body();
        String source = made.getEntityFirstRep().getWhat().getReference();
        assertThat(source).isEqualTo("Observation/" + id("flagged-hr") + "/_history/1");

        merge("flagged", "flagged-twin");

        Observation moved = (Observation) get("/" + flag, clinician).resource();
        assertThat(moved.getStatus()).isEqualTo(ObservationStatus.FINAL);
        assertThat(moved.getMeta().getVersionId()).isEqualTo("3");
        assertThat(moved.getSubject().getReference()).isEqualTo("Patient/" + id("flagged-twin"));
        assertThat(moved.getPerformerFirstRep().getReference()).isEqualTo("Practitioner/" + Records.PRACTITIONER);
        assertThat(moved.getIdentifierFirstRep().getValue())
                .as("the analysis finds it as its own")
                .isEqualTo(Codes.SUSPECTED_ATRIAL_FIBRILLATION + "|" + id("flagged-twin"));
        assertThat(moved.getDerivedFromFirstRep().getReference()).isEqualTo(source);
        assertThat(get("/" + flag + "/_history/2", clinician).body()).isEqualTo(signed);
        assertThat(status("/" + source, clinician)).isEqualTo(200);
        for (String token : List.of(clinician, TOKENS.job(), TOKENS.patient(id("flagged-twin")))) {
            assertThat(get(path, token).body()).isEqualTo(recorded);
            assertThat(ids(provenances(flag, token)))
                    .containsExactly(made.getIdElement().getIdPart());
        }
        assertThat(status("/" + open, TOKENS.patient(id("flagged-twin"))))
                .as("what nobody has signed is not shown to the patient")
                .isEqualTo(404);
        assertThat(rows("open_flag", "patient", id("flagged"))).isZero();
        assertThat(rows("open_flag", "patient", id("flagged-twin"))).isEqualTo(1);
        Observation withdrawn = (Observation) get("/" + open, TOKENS.job()).resource();
        Answer over = update(withdrawn.setStatus(ObservationStatus.CANCELLED), TOKENS.job());
        assertThat(over.status()).as(over.body()).isEqualTo(200);
        assertThat(rows("open_flag", "patient", id("flagged-twin"))).isZero();
    }

    /** Plan, flag, and what was recorded of both, by everybody before and after. */
    @Test
    void whoSawNothingBeforeSeesNothingAfterwards() {
        load(Records.transaction(Records.organization(ELSEWHERE, "Praxis")));
        permitting("watched");
        Consent further = WalkWorld.consent(id("watched-elsewhere-consent"), id("watched"));
        further.getProvision().setProvision(null);
        Consents.permit(further, ELSEWHERE, Purpose.TREAT);
        load(Records.transaction(Records.careTeam(id("watched-elsewhere"), id("watched"), ELSEWHERE), further));
        fill("watched");
        permitting("watched-twin");
        String plan = released("watched");
        String flag = raised("watched", Codes.SUSPECTED_ATRIAL_FIBRILLATION);
        List<String> paths = Stream.concat(
                        Stream.of("/" + plan, "/" + plan + "/_history/2", "/" + flag, "/" + flag + "/_history/1"),
                        Stream.of(plan, flag)
                                .map(of -> "/Provenance/"
                                        + ids(provenances(of, clinician)).get(0)))
                .toList();
        Map<String, String> tokens = new TreeMap<>(Map.of(
                "the clinic", clinician,
                "a clinic of the source alone", TOKENS.clinician(ELSEWHERE),
                "a clinic of neither", TOKENS.clinician(Records.CENTRE),
                "the insurer",
                        TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER)),
                "the source's account", TOKENS.patient(id("watched")),
                "another patient", TOKENS.patient(permitting("watched-other"))));
        Map<String, List<String>> before = seen(tokens, paths);
        assertThat(before.get("the clinic")).hasSize(paths.size());
        assertThat(before.get("a clinic of the source alone")).hasSize(paths.size());

        merge("watched", "watched-twin");

        Map<String, List<String>> after = seen(tokens, paths);
        assertThat(after.get("the clinic")).isEqualTo(before.get("the clinic"));
        assertThat(after)
                .allSatisfy((who, seen) -> assertThat(before.get(who)).as(who).containsAll(seen));
        assertThat(after.get("a clinic of the source alone")).isEmpty();
        assertThat(after.get("the source's account")).isEmpty();
    }

    private static Map<String, List<String>> seen(Map<String, String> tokens, List<String> paths) {
        Map<String, List<String>> seen = new TreeMap<>();
        tokens.forEach((who, token) -> seen.put(
                who, paths.stream().filter(path -> status(path, token) == 200).toList()));
        return seen;
    }

    /** A plan of the programme for hypertension, looked over and released by the clinician. */
    private String released(String name) {
        Condition diagnosis = new Condition().setCode(concept(Codes.ICD_10_GM, "I10"));
        diagnosis.setSubject(new Reference("Patient/" + id(name)));
        diagnosis.setClinicalStatus(concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"));
        assertThat(post("/Condition", clinician, diagnosis).status()).isEqualTo(201);
        Answer applied = post(
                "/PlanDefinition/$apply",
                clinician,
                new Parameters()
                        .addParameter("subject", new StringType("Patient/" + id(name)))
                        .addParameter("canonical", new UriType(Canonicals.BASE + "/PlanDefinition/hypertension")));
        assertThat(applied.status()).as(applied.body()).isEqualTo(200);
        String plan = "CarePlan/" + applied.resource().getIdElement().getIdPart();
        found(Task.class, name, clinician).stream()
                .filter(task -> task.getCode().getCodingFirstRep().getCode().equals(Codes.THERAPY_QUESTION))
                .forEach(question -> {
                    Answer answered = update(question.setStatus(TaskStatus.COMPLETED), clinician);
                    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
                });
        Answer active =
                post("/" + plan + "/$activate", clinician, new Parameters().addParameter("version", new IdType("1")));
        assertThat(active.status()).as(active.body()).isEqualTo(200);
        return plan;
    }

    /** By the analysis, from the heart rate, with what it was made of. */
    private static String raised(String name, String code) {
        Device algorithm = new Device();
        algorithm.setId(id("algorithm"));
        algorithm.setStatus(Device.FHIRDeviceStatus.ACTIVE);
        algorithm.addDeviceName().setName("A model").setType(Device.DeviceNameType.MODELNAME);
        algorithm.setType(concept(Codes.SNOMED, Codes.SOFTWARE));
        algorithm.addVersion().setValue("1.0.0");
        load(Records.transaction(algorithm));
        Reference source = new Reference("Observation/" + id(name + "-hr") + "/_history/1");
        Observation flag = new Observation();
        flag.addIdentifier().setSystem(Canonicals.RISK_FLAG_IDENTIFIER).setValue(code + "|" + id(name));
        flag.setStatus(ObservationStatus.PRELIMINARY);
        flag.addCategory(concept(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG));
        flag.setCode(concept(Canonicals.OBSERVATION_CODES, code));
        flag.setSubject(new Reference("Patient/" + id(name)));
        flag.setEffective(Consents.period("2026-05-01", "2026-05-28"));
        flag.getIssuedElement().setValueAsString("2026-05-28T03:00:00Z");
        flag.setValue(concept(Codes.RISK_PROBABILITY, "high"));
        flag.addNote().setText("A clinician decides.");
        flag.setMethod(new CodeableConcept().setText("model 1"));
        flag.setDevice(new Reference("Device/" + id("algorithm")));
        flag.addDerivedFrom(source);
        Answer stored = post("/Observation", TOKENS.job(), withVersions(flag));
        assertThat(stored.status()).as(stored.body()).isEqualTo(201);
        String path = "Observation/" + stored.resource().getIdElement().getIdPart();
        Provenance made = new Provenance();
        made.addTarget(new Reference(path + "/_history/1"));
        made.getRecordedElement().setValueAsString("2026-05-28T03:00:00Z");
        made.addAgent().setWho(new Reference("Device/" + id("algorithm")));
        made.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(source.copy());
        Answer recorded = post("/Provenance", TOKENS.job(), withVersions(made));
        assertThat(recorded.status()).as(recorded.body()).isEqualTo(201);
        return path;
    }

    private static Answer update(Resource record, String token) {
        record.setMeta(null);
        String path = "/" + record.fhirType() + "/" + record.getIdElement().getIdPart();
        return send(request(path, token)
                .header("Content-Type", "application/fhir+json")
                .PUT(BodyPublishers.ofString(withVersions(record))));
    }

    private static String withVersions(Resource record) {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .setStripVersionsFromReferences(false)
                .encodeResourceToString(record);
    }

    private static List<Provenance> provenances(String target, String token) {
        Answer answer = get("/Provenance?target=" + target, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle().getEntry().stream()
                .map(entry -> (Provenance) entry.getResource())
                .toList();
    }

    private static List<String> ids(List<Provenance> provenances) {
        return provenances.stream()
                .map(provenance -> provenance.getIdElement().getIdPart())
                .toList();
    }

    private static <T extends Resource> List<T> found(Class<T> type, String name, String token) {
        List<T> found = new ArrayList<>();
        get("/" + type.getSimpleName() + "?patient=" + id(name) + "&_count=200", token)
                .bundle()
                .getEntry()
                .forEach(entry -> found.add(type.cast(entry.getResource())));
        return found;
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }
}
