package eu.sinusnode.server.everything;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.narrowing.SearchedPatients;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code $everything} gives what the caller's searches find of one patient, and nothing else. */
class EverythingIT extends RunningServer {

    private static @Nullable ExportWorld world;

    private static ExportWorld world() {
        ExportWorld made = world;
        if (made == null) {
            made = new ExportWorld("everything");
            made.patient("anna");
            made.patient("bela");
            world = made;
        }
        return made;
    }

    private static String clinician() {
        return TOKENS.clinician(world().clinic);
    }

    /** Every page, by the links. */
    private static List<BundleEntryComponent> all(String path, String token, int perPage) {
        List<BundleEntryComponent> entries = new ArrayList<>();
        String next = path + (path.contains("?") ? "&" : "?") + "_count=" + perPage;
        while (next != null) {
            Bundle page = page(next, token);
            List<BundleEntryComponent> found = matches(page.getEntry());
            assertThat(found.size()).isLessThanOrEqualTo(perPage);
            boolean last = page.getLink("next") == null;
            assertThat(last || found.size() == perPage)
                    .as("a page that is not full")
                    .isTrue();
            entries.addAll(page.getEntry());
            next = last ? null : page.getLink("next").getUrl();
        }
        return entries;
    }

    private static Bundle page(String path, String token) {
        Answer answer = get(path, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.bundle().getType()).isEqualTo(BundleType.SEARCHSET);
        return answer.bundle();
    }

    private static List<BundleEntryComponent> matches(List<BundleEntryComponent> entries) {
        return entries.stream()
                .filter(entry -> entry.getSearch().getMode() == SearchEntryMode.MATCH)
                .toList();
    }

    private static List<String> paths(List<BundleEntryComponent> entries) {
        return entries.stream()
                .map(entry -> entry.getResource().fhirType() + "/"
                        + entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    private static List<String> everything(String patient, String query, String token) {
        return paths(matches(all("/Patient/" + patient + "/$everything" + query, token, 50)));
    }

    @Test
    @Covers("resource-operations.html#everything-patient")
    void itIsWhatSearchesFind() {
        String anna = world().id("anna");
        for (String token : List.of(clinician(), world().clinicToken(), TOKENS.patient(anna))) {
            Set<String> searched = searched(anna, token);

            List<BundleEntryComponent> entries = all("/Patient/" + anna + "/$everything", token, 2);

            assertThat(paths(matches(entries))).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(searched);
            assertThat(paths(entries)).startsWith("Patient/" + anna).contains("Organization/" + world().clinic);
            assertThat(entries).allSatisfy(entry -> {
                assertThat(entry.getFullUrl())
                        .isEqualTo(BASE + "/" + paths(List.of(entry)).get(0));
                assertThat(entry.getResource().getMeta().getVersionId()).isNotNull();
            });
        }
    }

    @Test
    void itHasEachTypeThatSearchesFind() {
        WalkWorld.load();
        for (CallerKind kind : List.of(CallerKind.PATIENT, CallerKind.CLINICIAN, CallerKind.CLINIC_SYSTEM)) {
            Set<String> searched = searched(WalkWorld.PATIENT, WalkWorld.token(kind));
            assertThat(searched.stream().map(path -> path.replaceAll("/.*", "")).distinct())
                    .as("types of the world's patient")
                    .hasSizeGreaterThan(20);

            assertThat(everything(WalkWorld.PATIENT, "", WalkWorld.token(kind)))
                    .doesNotHaveDuplicates()
                    .filteredOn(path -> !path.startsWith("Provenance/"))
                    .containsExactlyInAnyOrderElementsOf(searched);
        }
    }

    /** Every record that a search by the patient finds, of every type that has one. */
    private static Set<String> searched(String patient, String token) {
        Set<String> found = new TreeSet<>();
        for (String type : AccessMatrix.standard().resourceTypes()) {
            SearchedPatients.parameter(type)
                    .map(parameter -> get("/" + type + "?_count=100&" + parameter + "=" + patient, token))
                    .filter(answer -> answer.status() == 200)
                    .ifPresent(answer -> found.addAll(paths(answer.bundle().getEntry())));
        }
        return found;
    }

    @Test
    void aRecordIsShownAsARead() {
        String anna = world().id("anna");
        for (BundleEntryComponent entry :
                page("/Patient/" + anna + "/$everything", clinician()).getEntry()) {
            Answer read = get("/" + paths(List.of(entry)).get(0), clinician());
            assertThat(json(entry.getResource())).isEqualTo(json(read.resource()));
        }
    }

    @Test
    void parametersChooseAmongThem() {
        String anna = world().id("anna");
        assertThat(everything(anna, "?_type=Observation", clinician()))
                .containsExactlyInAnyOrder(
                        "Observation/" + world().id("anna-signed"), "Observation/" + world().id("anna-unsigned"));
        assertThat(everything(anna, "?_type=Patient,Condition", clinician()))
                .containsExactly("Patient/" + anna, "Condition/" + world().id("anna-diagnosis"));
        assertThat(everything(anna, "?_since=" + Instant.now().plusSeconds(60), clinician()))
                .isEmpty();
        assertThat(everything(anna, "?_since=2020-01-01T00:00:00Z", clinician()))
                .isEqualTo(everything(anna, "", clinician()));
        Observation signed = (Observation)
                get("/Observation/" + world().id("anna-signed"), clinician()).resource();
        // A date is read in the server's zone, which is not the one that the device wrote.
        String day = LocalDate.ofInstant(
                        signed.getEffectiveDateTimeType().getValue().toInstant(), ZoneId.systemDefault())
                .toString();
        // What has no date of care is always there: the Patient, the cuff, a diagnosis without an onset.
        assertThat(everything(anna, "?_type=Patient,Observation,Condition&start=" + day + "&end=" + day, clinician()))
                .hasSize(4);
        assertThat(everything(anna, "?_type=Patient,Observation,Condition&start=2036", clinician()))
                .containsExactlyInAnyOrder("Patient/" + anna, "Condition/" + world().id("anna-diagnosis"));
        assertThat(everything(
                        anna, "?_type=Observation&end=" + (Integer.parseInt(day.substring(0, 4)) - 1), clinician()))
                .isEmpty();
        assertThat(everything(anna, "?_type=Observation&end=" + day.substring(0, 7), clinician()))
                .hasSize(2);
    }

    @Test
    void itCanBePosted() {
        Parameters body = new Parameters();
        body.addParameter("_type", new CodeType("Observation"));
        body.addParameter("_count", new IntegerType(1));
        body.addParameter("start", new DateType("2020-01-01"));
        Answer answer = send(request("/Patient/" + world().id("anna") + "/$everything", clinician())
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(json(body))));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(matches(answer.bundle().getEntry())).hasSize(1);
        Bundle next = page(answer.bundle().getLink("next").getUrl(), clinician());
        assertThat(paths(matches(next.getEntry())))
                .hasSize(1)
                .doesNotContainAnyElementsOf(paths(matches(answer.bundle().getEntry())));
        assertThat(next.getLink("next")).isNull();
    }

    @Test
    void whatIsNotTakenIsRefusedInWords() {
        for (String query : List.of(
                "start=yesterday",
                "start=2026-13-01",
                "end=2026-1",
                "_since=2026-01-01",
                "_count=0",
                "_count=many",
                "_type=Nonsense",
                "_type=AuditEvent",
                "_type=Patient,,",
                "after=nowhere",
                "after=AuditEvent/1",
                "start=2026&start=2027")) {
            Answer answer = get("/Patient/" + world().id("anna") + "/$everything?" + query, clinician());
            assertThat(answer.status()).as(query + answer.body()).isEqualTo(400);
            assertThat(answer.codes()).as(query).containsExactly("SN-EVERYTHING-001");
        }
        assertThat(get("/Patient/" + world().id("anna") + "/$everything?name=x", clinician())
                        .codes())
                .containsExactly("SN-SEARCH-001");
    }

    @Test
    void aHiddenPatientIsAnsweredLikeOneWhoDoesNotExist() {
        ExportWorld own = new ExportWorld("everything-hidden");
        String left = own.patient("left");
        own.withdraw("left");
        String unknown = UUID.randomUUID().toString();
        for (String token : List.of(
                TOKENS.patient(world().id("bela")),
                TOKENS.clinician(own.clinic),
                own.clinicToken(),
                TOKENS.clinician(world().clinic))) {
            for (String query : List.of("", "?_type=Goal", "?_count=1&after=Patient/" + left)) {
                Answer hidden = get("/Patient/" + left + "/$everything" + query, token);
                Answer none = get("/Patient/" + unknown + "/$everything" + query, token);
                assertThat(hidden.status()).isEqualTo(404);
                assertThat(hidden.body().replace(left, unknown)).isEqualTo(none.body());
                assertThat(hidden.body())
                        .isEqualTo(get("/Patient/" + left, token).body());
            }
        }
        assertThat(get("/Patient/" + world().id("anna") + "/$everything", world().insurerToken())
                        .codes())
                .containsExactly("SN-OPERATION-001");
        assertThat(get("/Patient/" + world().id("anna") + "/$everything", null).status())
                .isEqualTo(401);
    }

    @Test
    void whatSearchesHideIsHiddenHereToo() {
        String anna = world().id("anna");
        assertThat(everything(anna, "", clinician())).contains("Observation/" + world().id("anna-unsigned"));
        assertThat(everything(anna, "", TOKENS.patient(anna)))
                .contains("Observation/" + world().id("anna-signed"))
                .doesNotContain("Observation/" + world().id("anna-unsigned"));

        ExportWorld own = new ExportWorld("everything-narrowed");
        String nora = own.patient("nora");
        own.permitClinic("nora", provision -> Stream.of("Patient", "Observation")
                .forEach(type -> provision.addClass_(new Coding(Codes.RESOURCE_TYPES, type, null))));
        assertThat(everything(nora, "", own.clinicToken()))
                .containsExactlyInAnyOrder(
                        "Patient/" + nora,
                        "Observation/" + own.id("nora-signed"),
                        "Observation/" + own.id("nora-unsigned"));
    }

    @Test
    void scopesCountAsInSearches() {
        String anna = world().id("anna");
        String few = world().token(CallerKind.CLINIC_SYSTEM, world().clinic, "system/Patient.rs system/Condition.rs");
        assertThat(everything(anna, "", few))
                .containsExactly("Patient/" + anna, "Condition/" + world().id("anna-diagnosis"));
        assertThat(get("/Patient/" + anna + "/$everything?_type=Observation", few)
                        .codes())
                .containsExactly("SN-SCOPE-001");
        String granular = world().token(
                        CallerKind.CLINIC_SYSTEM,
                        world().clinic,
                        "system/Patient.rs system/Observation.r system/Observation.s?category="
                                + Codes.OBSERVATION_CATEGORY + "|laboratory");
        assertThat(everything(anna, "", granular)).containsExactly("Patient/" + anna);
        assertThat(get(
                                "/Patient/" + anna + "/$everything",
                                world().token(CallerKind.CLINIC_SYSTEM, world().clinic, "system/Observation.rs"))
                        .codes())
                .containsExactly("SN-SCOPE-001");
    }

    @Test
    void aPlaceThatSomebodyMadeUpTellsNothing() {
        String path = "/Patient/" + world().id("anna") + "/$everything?_type=Observation&after=Observation/";
        String hidden = world().id("bela-signed");
        char last = hidden.charAt(35) == '0' ? '1' : (char) (hidden.charAt(35) - 1);
        String nothing = hidden.substring(0, 35) + last;

        assertThat(paths(page(path + hidden, TOKENS.patient(world().id("anna"))).getEntry()))
                .isEqualTo(paths(
                        page(path + nothing, TOKENS.patient(world().id("anna"))).getEntry()));
    }

    /** Anna sees the flag that is signed, and never that another one stands behind it. */
    @Test
    void aPageIsLinkedOnlyWhenSomethingStandsOnIt() {
        String anna = world().id("anna");
        String unsigned = "Observation/" + world().id("anna-unsigned");
        assertThat(everything(anna, "", clinician())).contains(unsigned);
        List<String> own = everything(anna, "", TOKENS.patient(anna));
        assertThat(own).doesNotContain(unsigned);
        String last = own.get(own.size() - 1).replaceAll("/.*", "");
        for (String type : List.of("", "&_type=Observation", "&_type=" + last)) {
            int visible = everything(anna, type.replace('&', '?'), TOKENS.patient(anna))
                    .size();
            Bundle page = page("/Patient/" + anna + "/$everything?_count=" + visible + type, TOKENS.patient(anna));

            assertThat(matches(page.getEntry())).hasSize(visible);
            assertThat(page.getLink("next")).as(type).isNull();
        }
    }

    @Test
    void onePatientIsOneEventWithEachRecordThatLeft() {
        String anna = world().id("anna");
        Answer answer = get("/Patient/" + anna + "/$everything", clinician());
        assertThat(eventsOf(answer)).singleElement().satisfies(event -> {
            assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._0);
            List<String> entities = event.getEntity().stream()
                    .map(entity -> entity.getWhat().getReference())
                    .toList();
            matches(answer.bundle().getEntry())
                    .forEach(entry -> assertThat(entities).anySatisfy(reference -> assertThat(reference)
                            .startsWith(paths(List.of(entry)).get(0))));
        });

        Answer nothing = get("/Patient/" + anna + "/$everything?_type=Goal", clinician());
        assertThat(nothing.bundle().getEntry()).isEmpty();
        assertThat(eventsOf(nothing)).hasSize(1);
        assertThat(eventsOf(get("/Patient/" + anna + "/$everything", TOKENS.patient(world().id("bela")))))
                .isEmpty();
    }

    /** Those of the answer's request that concern Anna and let something out. */
    private static List<AuditEvent> eventsOf(Answer answer) {
        Bundle found = get(
                        "/AuditEvent?outcome=0&patient=Patient/" + world().id("anna") + "&request-id="
                                + answer.header("X-Request-ID").orElseThrow(),
                        TOKENS.auditor())
                .bundle();
        return found.getEntry().stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }

    @Test
    void aRepresentativeGetsWhatThePatientGets() {
        String anna = world().id("anna");
        RelatedPerson daughter = new RelatedPerson();
        daughter.setId(Records.id("everything-daughter"));
        daughter.setActive(true).setPatient(new Reference("Patient/" + anna));
        daughter.addRelationship()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-RoleCode")
                .setCode("DAUC");
        daughter.addName().setFamily("Brandt").addGiven("Jana");
        daughter.getPeriod().setStartElement(new DateTimeType("2020-01-01"));
        RunningServer.load(Records.transaction(daughter));
        String token = TOKENS.token(CallerKind.REPRESENTATIVE, claims -> claims.claim("patient", anna)
                .claim("fhirUser", "RelatedPerson/" + Records.id("everything-daughter")));

        assertThat(everything(anna, "?_type=Patient,Observation", token))
                .isEqualTo(everything(anna, "?_type=Patient,Observation", TOKENS.patient(anna)));
        assertThat(get("/Patient/" + world().id("bela") + "/$everything", token).status())
                .isEqualTo(404);
    }
}
