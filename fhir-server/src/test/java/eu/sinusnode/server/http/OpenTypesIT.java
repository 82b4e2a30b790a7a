package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Slot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each open type, by the rule whose its records are, through versions, histories, patches, conditions and deletions. */
class OpenTypesIT extends RunningServer {

    private static final String OPEN = Records.id("types-open");
    private static final String HIDDEN = Records.id("types-hidden");
    private static final String UNKNOWN = Records.id("types-unknown");
    private static final String SYSTEM = "https://clinic.example/numbers";
    private static boolean loaded;

    private final String clinic = TOKENS.clinicSystem(Records.CLINIC);
    private final String clinician = TOKENS.clinician(Records.CLINIC);

    /** Two patients with one record of each type; the second permits nobody. */
    @BeforeEach
    void world() {
        if (!loaded) {
            loaded = true;
            Ward.open("types-open");
            Ward.hidden("types-hidden");
            for (String patient : List.of(OPEN, HIDDEN)) {
                WalkRecords.of(patient, BASE).values().forEach(record -> load(Records.transaction(record)));
            }
        }
    }

    static Stream<String> typesOfPatients() {
        return WalkRecords.of(OPEN, BASE).keySet().stream()
                .filter(type -> AccessMatrix.standard().searchParameters(type).contains("patient"));
    }

    static Stream<String> typesThatAClinicChanges() {
        return typesOfPatients()
                .filter(type -> AccessMatrix.standard().allows(CallerKind.CLINIC_SYSTEM, type, Interaction.UPDATE));
    }

    // Versions, patches, conditions

    @ParameterizedTest
    @MethodSource("typesThatAClinicChanges")
    void aRecordOfEachTypeHasItsVersions(String type) {
        String path = "/" + type + "/" + WalkRecords.id(OPEN, type);
        String number = "types-" + type;

        Answer patched = Ward.jsonPatch(path, clinic, addNumber(type, number), "If-Match", "W/\"1\"");
        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        assertThat(Ward.jsonPatch(path, clinic, addNumber(type, number), "If-Match", "W/\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(get(path + "/_history/1", clinic).body()).doesNotContain(number);
        assertThat(get(path + "/_history/2", clinic).body()).contains(number);
        assertThat(get(path + "/_history", clinic).bundle().getEntry())
                .extracting(entry -> entry.getResource().getIdElement().getVersionIdPart())
                .containsExactly("2", "1");
        assertThat(get("/" + type + "/_history?_count=100", clinic).body())
                .contains(WalkRecords.id(OPEN, type))
                .doesNotContain(WalkRecords.id(HIDDEN, type));

        String condition = "/" + type + "?patient=" + OPEN + "&identifier=" + SYSTEM + "%7C" + number;
        Answer found = Ward.jsonPatch(condition, clinic, "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"de\"}]");
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        Resource now = found.resource();
        assertThat(now.getLanguage()).isEqualTo("de");
        assertThat(now.getMeta().getVersionId()).isEqualTo("3");
        assertThat(Ward.put(condition, clinic, now).status()).isEqualTo(200);
        now.setId((String) null);
        Answer again = send(request("/" + type, clinic)
                .header("Content-Type", "application/fhir+json")
                .header("If-None-Exist", "identifier=" + SYSTEM + "|" + number)
                .POST(BodyPublishers.ofString(json(now))));
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.header("Location").orElseThrow()).contains(WalkRecords.id(OPEN, type));
    }

    @ParameterizedTest
    @MethodSource("typesOfPatients")
    void ofAHiddenPatientEachTypeAnswersLikeOneThatIsUnknown(String type) {
        String hidden = WalkRecords.id(HIDDEN, type);
        String unknown = WalkRecords.id(UNKNOWN, type);
        for (String form : List.of("", "/_history", "/_history/1", "/_history/2")) {
            assertSame(
                    get("/" + type + "/" + hidden + form, clinician),
                    get("/" + type + "/" + unknown + form, clinician),
                    hidden,
                    unknown);
        }
        for (String search : List.of("_id=" + hidden, "patient=" + HIDDEN, "patient:Patient=" + HIDDEN)) {
            assertThat(get("/" + type + "?" + search, clinician).bundle().getEntry())
                    .isEmpty();
            Answer counted = get("/" + type + "?" + search + "&_summary=count", clinician);
            assertThat(counted.bundle().getTotal()).as(counted.body()).isZero();
        }
        assertThat(get("/" + type + "?_summary=count&_lastUpdated=ge2020", clinician)
                        .bundle()
                        .getTotal())
                .isEqualTo(get("/" + type + "?_lastUpdated=ge2020&_count=200", clinician)
                        .bundle()
                        .getEntry()
                        .size());
        assertSame(
                Ward.jsonPatch("/" + type + "/" + hidden, clinic, "[]"),
                Ward.jsonPatch("/" + type + "/" + unknown, clinic, "[]"),
                hidden,
                unknown);
        assertSame(
                Ward.delete("/" + type + "/" + hidden, clinic),
                Ward.delete("/" + type + "/" + unknown, clinic),
                hidden,
                unknown);
        assertSame(
                Ward.put("/" + type + "/" + hidden, clinic, record(Resource.class, type, hidden)),
                Ward.put("/" + type + "/" + unknown, clinic, record(Resource.class, type, unknown)),
                hidden,
                unknown);
        assertSame(
                Ward.jsonPatch("/" + type + "?patient=" + HIDDEN, clinic, "[]"),
                Ward.jsonPatch("/" + type + "?patient=" + UNKNOWN, clinic, "[]"),
                HIDDEN,
                UNKNOWN);
    }

    /** The open patient's, anew. */
    private static <T extends Resource> T record(Class<T> kind, String type, @Nullable String id) {
        T record = kind.cast(Objects.requireNonNull(WalkRecords.of(OPEN, BASE).get(type)));
        record.setId(id);
        return record;
    }

    private static void assertSame(Answer hidden, Answer unknown, String hiddenId, String unknownId) {
        assertThat(hidden.status())
                .as(hidden.body())
                .isEqualTo(unknown.status())
                .isBetween(400, 499);
        assertThat(hidden.body().replace(hiddenId, "ID"))
                .isEqualTo(unknown.body().replace(unknownId, "ID"));
    }

    // One record, one patient

    /** Were it stored, a search for the one would count what the other hides. */
    @ParameterizedTest
    @ValueSource(strings = {"types-hidden", "types-unknown"})
    void anAppointmentIsOnePatients(String second) {
        Appointment shared = record(Appointment.class, "Appointment", null);
        shared.addParticipant()
                .setActor(new Reference("Patient/" + Records.id(second)))
                .setStatus(Appointment.ParticipationStatus.ACCEPTED);
        long before = stored("Appointment");

        for (String writer : List.of(clinic, TOKENS.loader())) {
            Answer refused = post("/Appointment", writer, shared);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.codes()).containsExactly("SN-REFERENCE-002");
            assertThat(refused.body()).doesNotContain(Records.id(second));
        }
        assertThat(Ward.jsonPatch(
                                "/Appointment/" + WalkRecords.id(OPEN, "Appointment"),
                                clinic,
                                "[{\"op\":\"add\",\"path\":\"/participant/-\",\"value\":{\"status\":\"accepted\","
                                        + "\"actor\":{\"reference\":\"Patient/" + Records.id(second) + "\"}}}]")
                        .codes())
                .contains("SN-REFERENCE-002");
        assertThat(stored("Appointment")).isEqualTo(before);
    }

    @Test
    void aDocumentIsReadWholeInEachOfItsVersions() {
        Bundle document = record(Bundle.class, "Bundle", WalkRecords.id(OPEN, "Bundle"));
        String path = "/Bundle/" + WalkRecords.id(OPEN, "Bundle");
        assertThat(get(path, clinician).bundle().getEntry())
                .hasSameSizeAs(document.getEntry())
                .allMatch(Bundle.BundleEntryComponent::hasResource);
        document.getEntry().get(0).getResource().setLanguage("de");
        load(Records.transaction(document));

        assertThat(get(path + "/_history/1", clinician).body()).doesNotContain("\"language\"");
        assertThat(get(path + "/_history", clinician).bundle().getEntry())
                .hasSize(2)
                .allMatch(version -> ((Bundle) version.getResource())
                        .getEntry().stream().allMatch(Bundle.BundleEntryComponent::hasResource));
        Answer found = get("/Bundle?patient=" + OPEN + "&_include=Bundle:patient&_total=accurate", clinician);
        assertThat(found.bundle().getTotal()).isEqualTo(1);
        assertThat(found.bundle().getEntry())
                .extracting(entry -> entry.getResource().fhirType())
                .containsExactly("Bundle", "Patient");
    }

    // The directory

    @Test
    void aCalendarHasItsVersionsForAllAndIsItsClinicsToChange() {
        load(Records.transaction(Records.organization(Records.id("types-other-clinic"), "Praxis")));
        String other = TOKENS.clinicSystem(Records.id("types-other-clinic"));
        Slot slot = record(Slot.class, "Slot", null);
        String path =
                "/Slot/" + post("/Slot", clinic, slot).resource().getIdElement().getIdPart();
        String busy = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"busy\"}]";

        assertThat(Ward.jsonPatch(path, other, busy).codes()).containsExactly("SN-CONTENT-001");
        assertThat(Ward.delete(path, other).codes()).containsExactly("SN-CONTENT-001");
        assertThat(Ward.jsonPatch(path, clinic, busy).status()).isEqualTo(200);
        assertThat(get(path + "/_history", other).bundle().getEntry()).hasSize(2);
        assertThat(get("/Slot/_history?_count=5", other).body()).contains(path.substring(1));
        assertThat(Ward.delete(path, clinic).status()).isEqualTo(204);
        assertThat(get(path, other).status()).isEqualTo(410);
    }

    // Deletions

    @Test
    void aClinicDeletesADraftAndNothingThatSomebodyMayHaveActedOn() {
        ServiceRequest draft = record(ServiceRequest.class, "ServiceRequest", null);
        draft.setStatus(ServiceRequestStatus.DRAFT);
        String path = "/ServiceRequest/"
                + post("/ServiceRequest", clinician, draft)
                        .resource()
                        .getIdElement()
                        .getIdPart();

        assertThat(Ward.delete("/ServiceRequest/" + WalkRecords.id(OPEN, "ServiceRequest"), clinician)
                        .codes())
                .containsExactly("SN-CONTENT-001");
        assertThat(Ward.delete(path, clinician).status()).isEqualTo(204);
        assertThat(get(path, TOKENS.patient(OPEN)).status()).isEqualTo(410);
        assertThat(get(path, TOKENS.patient(HIDDEN)).status()).isEqualTo(404);
        assertThat(get(path + "/_history", clinician).bundle().getEntry())
                .extracting(entry -> entry.getRequest().getMethod())
                .containsExactly(HTTPVerb.DELETE, HTTPVerb.POST);
    }

    @Test
    void aPatientTakesBackWhatThePatientTold() {
        String own = TOKENS.patient(OPEN);
        MedicationStatement told = record(MedicationStatement.class, "MedicationStatement", null);
        told.setInformationSource(new Reference("Patient/" + OPEN));
        Answer created = post("/MedicationStatement", own, told);
        assertThat(created.status()).as(created.body()).isEqualTo(201);

        assertThat(Ward.delete(
                                "/MedicationStatement/"
                                        + created.resource().getIdElement().getIdPart(),
                                own)
                        .status())
                .isEqualTo(204);
        assertThat(Ward.delete("/MedicationStatement/" + WalkRecords.id(OPEN, "MedicationStatement"), own)
                        .codes())
                .as("nobody says that the patient told it")
                .containsExactly("SN-CONTENT-001");
    }

    private static String addNumber(String type, String number) {
        String identifier = "{\"system\":\"" + SYSTEM + "\",\"value\":\"" + number + "\"}";
        return "[{\"op\":\"add\",\"path\":\"/identifier\",\"value\":"
                + (type.equals("QuestionnaireResponse") ? identifier : "[" + identifier + "]") + "}]";
    }
}
