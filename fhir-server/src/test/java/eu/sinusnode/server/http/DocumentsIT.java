package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.features.Covers;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** FHIR R4, Documents: a Bundle is stored as a document, whole and of one patient, or not at all. */
class DocumentsIT extends RunningServer {

    private static final SearchWorld WORLD = new SearchWorld("documents");
    private static boolean loaded;

    @BeforeEach
    void world() {
        if (loaded) {
            return;
        }
        loaded = true;
        WORLD.clinic();
        WORLD.person("mia", "Albers", "1990-03-01", true);
        WORLD.person("noah", "Zander", "1950-07-31", true);
    }

    /** A visit's report: a Composition, whom it is about, who wrote it, and one finding. */
    private static Bundle report() {
        String finding = UUID.randomUUID().toString();
        Composition composition = new Composition();
        composition.setId(UUID.randomUUID().toString());
        composition.setStatus(CompositionStatus.FINAL).setTitle("Visit").setDateElement(new DateTimeType("2026-05-04"));
        composition.setType(new CodeableConcept(new Coding(Codes.LOINC, "34133-9", null)));
        composition.setSubject(new Reference("Patient/" + WORLD.id("mia")));
        composition.addAuthor(new Reference("Organization/" + WORLD.clinicId()));
        composition.addSection().setTitle("Findings").addEntry(new Reference("Observation/" + finding));
        Bundle document = new Bundle().setType(BundleType.DOCUMENT);
        document.setTimestampElement(new InstantType("2026-05-04T12:00:00+02:00"));
        document.getIdentifier().setSystem("urn:ietf:rfc:3986").setValue("urn:uuid:" + UUID.randomUUID());
        document.addEntry()
                .setFullUrl(BASE + "/Composition/" + composition.getIdPart())
                .setResource(composition);
        document.addEntry()
                .setFullUrl(BASE + "/Patient/" + WORLD.id("mia"))
                .setResource(Records.patient(WORLD.id("mia")));
        document.addEntry()
                .setFullUrl(BASE + "/Organization/" + WORLD.clinicId())
                .setResource(Records.organization(WORLD.clinicId(), "Herzpraxis"));
        Observation heartRate = WORLD.heartRate("mia", "in-the-report", 66, "2026-05-04T10:00:00Z");
        heartRate.setId(finding);
        document.addEntry().setFullUrl(BASE + "/Observation/" + finding).setResource(heartRate);
        return document;
    }

    private static Composition composition(Bundle document) {
        return (Composition) document.getEntryFirstRep().getResource();
    }

    private static Observation finding(Bundle document) {
        return (Observation) document.getEntry().get(3).getResource();
    }

    @Test
    @Covers("http.html#documents")
    void aDocumentIsStoredWholeAndReadAsItWasSent() {
        Bundle sent = report();
        Answer created = post("/Bundle", WORLD.clinician(), sent);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String path = "/Bundle/" + created.resource().getIdElement().getIdPart();

        for (String token :
                Stream.of(WORLD.clinician(), TOKENS.patient(WORLD.id("mia"))).toList()) {
            Bundle read = (Bundle) get(path, token).resource();
            read.setId((String) null).setMeta(null);
            assertThat(json(read)).isEqualTo(json(sent));
        }
        assertThat(get(path, TOKENS.patient(WORLD.id("noah"))).status()).isEqualTo(404);
        assertThat(get("/Bundle?patient=" + WORLD.id("mia"), WORLD.clinician())
                        .bundle()
                        .getEntry())
                .hasSize(1);
        assertThat(get("/Observation?identifier=in-the-report", WORLD.clinician())
                        .bundle()
                        .getEntry())
                .as("what lies in it is no record of its own")
                .isEmpty();
    }

    static Stream<Arguments> whatIsNoDocument() {
        return Stream.of(
                refused("a collection", "SN-REFERENCE-001", document -> document.setType(BundleType.COLLECTION)),
                refused("no Composition", "SN-PROFILE-001", document -> document.getEntry()
                        .remove(0)),
                refused("no identifier", "SN-PROFILE-001", document -> document.setIdentifier(null)),
                refused("no timestamp", "SN-PROFILE-001", document -> document.setTimestampElement(null)),
                refused("an author who is not in it", "SN-PROFILE-001", document -> document.getEntry()
                        .remove(2)),
                refused("a section about what is not in it", "SN-PROFILE-001", document -> document.getEntry()
                        .remove(3)),
                refused("a draft", "SN-PROFILE-001", document -> composition(document)
                        .setStatus(CompositionStatus.PRELIMINARY)),
                refused("a finding that nobody signed", "SN-PROFILE-001", document -> finding(document)
                        .setStatus(ObservationStatus.PRELIMINARY)),
                refused("another patient's finding", "SN-REFERENCE-001", document -> finding(document)
                        .setSubject(new Reference("Patient/" + WORLD.id("noah")))),
                refused("another patient's document", "SN-REFERENCE-001", document -> composition(document)
                        .setSubject(new Reference("Patient/" + WORLD.id("olaf")))),
                refused("a script in its narrative", "SN-PROFILE-001", document -> {
                    XhtmlNode div = new XhtmlNode(org.hl7.fhir.utilities.xhtml.NodeType.Element, "div");
                    div.addTag("script").addText("alert(1)");
                    Narrative narrative = new Narrative().setStatus(Narrative.NarrativeStatus.GENERATED);
                    narrative.setDiv(div);
                    composition(document).setText(narrative);
                }));
    }

    private static Arguments refused(String name, String code, Consumer<Bundle> change) {
        return Arguments.of(name, code, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Covers("http.html#documents")
    void whatIsNoDocument(String name, String code, Consumer<Bundle> change) {
        Bundle document = report();
        change.accept(document);
        long before = stored("Bundle");

        Answer answer = post("/Bundle", WORLD.clinician(), document);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.codes()).as(answer.body()).contains(code);
        assertThat(stored("Bundle")).isEqualTo(before);
    }
}
