package eu.sinusnode.server.export.job;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.Variety;
import eu.sinusnode.server.records.RecordModel;
import eu.sinusnode.server.records.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HAPI's parser and encoder are the oracle; what is unusual is left to them. */
class VitalLineTest {

    private static final String NAME = "line-anna";
    private static final String PATIENT = Records.id(NAME);
    private static final String ID = Records.id(NAME + "-vital");
    private static final Date UPDATED = Date.from(Instant.parse("2026-03-29T01:30:00.120Z"));

    private final FhirContext context = FhirContext.forR4Cached();

    static Stream<Observation> variety() {
        return Variety.of(NAME).stream();
    }

    @ParameterizedTest
    @MethodSource("variety")
    void aPlainVitalSignLeavesAsTheEncoderWouldShowIt(Observation vital) {
        StoredRecord stored = stored(vital, null);

        Optional<VitalLine> line = VitalLine.of(stored, PATIENT);

        assertThat(line).isPresent();
        assertThat(new String(line.orElseThrow().line(), StandardCharsets.UTF_8))
                .isEqualTo(encoded(stored));
        assertThat(line.orElseThrow().references()).contains("Patient/" + PATIENT);
        vital.getPerformer().forEach(performer -> assertThat(line.orElseThrow().references())
                .contains(performer.getReference()));
    }

    @ParameterizedTest
    @MethodSource("variety")
    void ofAnotherPatientItIsNotTaken(Observation vital) {
        assertThat(VitalLine.of(stored(vital, null), Records.id("line-bert"))).isEmpty();
    }

    static Stream<Map.Entry<String, Consumer<Observation>>> unusual() {
        Map<String, Consumer<Observation>> changes = new TreeMap<>();
        changes.put(
                "a label",
                vital -> vital.getMeta().addSecurity().setSystem("urn:x").setCode("R"));
        changes.put(
                "a tag", vital -> vital.getMeta().addTag().setSystem("urn:x").setCode("y"));
        changes.put("an extension of meta", vital -> vital.getMeta().addExtension("urn:x", new StringType("y")));
        changes.put("contained", vital -> {
            vital.addContained(new Organization().setName("x").setId("o"));
            vital.addPerformer(new Reference("#o"));
        });
        changes.put("unsigned", vital -> vital.setStatus(ObservationStatus.PRELIMINARY));
        changes.put("without a status", vital -> vital.setStatus(null));
        changes.put("without a subject", vital -> vital.setSubject(null));
        changes.put("a subject of another type", vital -> vital.setSubject(new Reference("Group/" + PATIENT)));
        changes.put(
                "a subject by identifier",
                vital -> vital.getSubject().getIdentifier().setValue("x"));
        changes.put("a subject elsewhere", vital -> vital.setSubject(new Reference("http://x.de/Patient/" + PATIENT)));
        changes.put(
                "an extended primitive", vital -> vital.getStatusElement().addExtension("urn:x", new StringType("y")));
        changes.put(
                "an extended primitive deep inside",
                vital -> vital.getCode().getTextElement().addExtension("urn:x", new StringType("y")));
        changes.put("derived", vital -> vital.addDerivedFrom(new Reference("Observation/" + ID)));
        changes.put("another value", vital -> vital.setValue(new StringType("x")));
        return changes.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void whatIsUnusualGoesThroughTheModel(Map.Entry<String, Consumer<Observation>> change) {
        Observation vital = Variety.of(NAME).get(0);
        change.getValue().accept(vital);

        assertThat(VitalLine.of(stored(vital, null), PATIENT))
                .as(change.getKey())
                .isEmpty();
    }

    static Stream<Map.Entry<String, UnaryOperator<String>>> texts() {
        Map<String, UnaryOperator<String>> changes = new TreeMap<>();
        changes.put("line breaks", text -> text.replace(",\"status\"", ",\n\"status\""));
        changes.put(
                "two statuses",
                text -> text.replace("\"status\":\"final\"", "\"status\":\"final\",\"status\":\"final\""));
        changes.put(
                "two subjects",
                text -> text.replace(
                        "\"subject\":", "\"subject\":{\"reference\":\"Patient/" + PATIENT + "\"},\"subject\":"));
        changes.put(
                "a reference to a version",
                text -> text.replaceFirst("\"Device/([^\"]+)\"", "\"Device/$1/_history/2\""));
        changes.put("a version in meta", text -> text.replace("\"meta\":{", "\"meta\":{\"versionId\":\"7\","));
        changes.put("broken", text -> text.substring(0, text.length() - 1));
        changes.put("followed by something", text -> text + "{}");
        changes.put("without meta", text -> text.replaceFirst("\"meta\":\\{[^}]*},", ""));
        return changes.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextOfAnotherFormGoesThroughTheModel(Map.Entry<String, UnaryOperator<String>> change) {
        StoredRecord stored = stored(Variety.of(NAME).get(0), null);
        String text = change.getValue().apply(String.valueOf(stored.json()));
        assertThat(text).as(change.getKey()).isNotEqualTo(stored.json());
        StoredRecord other =
                new StoredRecord(stored.type(), stored.id(), stored.version(), stored.updated(), text, null);

        assertThat(VitalLine.of(other, PATIENT)).as(change.getKey()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:uuid:3f5f4c2e-6a8f-4f31-9f2c-2d6d9d3a7b10#request-1", "https://example.eu/source"})
    void aSourceThatIsKeptBesideIsToldToo(String source) {
        StoredRecord stored = stored(Variety.of(NAME).get(0), source);

        assertThat(new String(VitalLine.of(stored, PATIENT).orElseThrow().line(), StandardCharsets.UTF_8))
                .contains(source)
                .isEqualTo(encoded(stored));
    }

    @Test
    void aSourceThatIsEscapedGoesThroughTheModel() {
        assertThat(VitalLine.of(stored(Variety.of(NAME).get(0), "urn:a\"b"), PATIENT))
                .isEmpty();
    }

    /** As the storage keeps it. */
    private StoredRecord stored(Observation vital, @Nullable String source) {
        IParser storage = context.newJsonParser();
        storage.setDontEncodeElements(
                List.of("id", "Observation.meta.versionId", "Observation.meta.lastUpdated", "Observation.meta.source"));
        vital.setId("Observation/1/_history/1");
        vital.getMeta().setVersionId("1");
        return new StoredRecord("Observation", ID, 3, UPDATED, storage.encodeResourceToString(vital), source);
    }

    /** As a read gives it. */
    private String encoded(StoredRecord stored) {
        RecordModel model = new RecordModel(context, (type, id) -> Optional.empty());
        return model.line(model.resource(stored).orElseThrow());
    }
}
