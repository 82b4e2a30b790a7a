package eu.sinusnode.server.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Records;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NewVitalsTest {

    private static final String PATIENT = Records.id("new-vitals");
    private static final String PLACEHOLDER = "urn:uuid:9f0c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11";

    private static final Map<String, Consumer<BundleEntryComponent>> UNUSUAL = Map.ofEntries(
            Map.entry("an update", entry -> entry.getRequest().setMethod(HTTPVerb.PUT)),
            Map.entry("another type's URL", entry -> entry.getRequest().setUrl("Patient")),
            Map.entry("a URL with a search", entry -> entry.getRequest().setUrl("Observation?code=1")),
            Map.entry("a condition", entry -> entry.getRequest().setIfNoneExist("identifier=a|b")),
            Map.entry("a version", entry -> entry.getRequest().setIfMatch("W/\"1\"")),
            Map.entry("another version", entry -> entry.getRequest().setIfNoneMatch("W/\"1\"")),
            Map.entry(
                    "a time",
                    entry -> entry.getRequest().getIfModifiedSinceElement().setValueAsString("2026-01-01T00:00:00Z")),
            Map.entry("no resource", entry -> entry.setResource(null)),
            Map.entry("another type", entry -> entry.setResource(Records.patient(PATIENT))),
            Map.entry("a name longer than a column", entry -> vital(entry)
                    .addIdentifier()
                    .setSystem("https://clinic.de/" + "a".repeat(200))
                    .setValue("1")),
            Map.entry("a note", entry -> vital(entry).addNote().setText("standing")),
            Map.entry("a patient of the transaction", entry -> vital(entry).setSubject(new Reference(PLACEHOLDER))),
            Map.entry("a device of the transaction", entry -> vital(entry).setDevice(new Reference(PLACEHOLDER))),
            Map.entry(
                    "an encounter of the transaction", entry -> vital(entry).setEncounter(new Reference(PLACEHOLDER))),
            Map.entry(
                    "a performer of the transaction", entry -> vital(entry).addPerformer(new Reference(PLACEHOLDER))));

    static Stream<String> unusual() {
        return UNUSUAL.keySet().stream();
    }

    @Test
    void newVitalSignsOfThePlainestFormAreRecognised() {
        Bundle bundle = bundle();
        bundle.getEntry().forEach(entry -> assertThat(entry.getResource()).isInstanceOf(Observation.class));

        assertThat(NewVitals.of(bundle)).hasValueSatisfying(vitals -> assertThat(vitals)
                .containsExactly(
                        vital(bundle.getEntry().get(0)), vital(bundle.getEntry().get(1))));
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void oneUnusualEntryAndAllIsLeftToTheStorage(String what) {
        Bundle bundle = bundle();
        Objects.requireNonNull(UNUSUAL.get(what)).accept(bundle.getEntry().get(1));

        assertThat(NewVitals.of(bundle)).isEmpty();
    }

    @Test
    void twoEntriesOfOneNameAreLeftToTheStorage() {
        Bundle bundle = bundle();
        bundle.getEntry().forEach(entry -> entry.setFullUrl(PLACEHOLDER));

        assertThat(NewVitals.of(bundle)).isEmpty();
    }

    @Test
    void noEntriesAreNoVitalSigns() {
        assertThat(NewVitals.of(new Bundle())).isEmpty();
    }

    private static Bundle bundle() {
        return Records.transaction(
                Records.heartRate(PATIENT, Records.id("new-vitals-cuff"), "one"),
                Records.heartRate(PATIENT, Records.id("new-vitals-cuff"), "two"));
    }

    private static Observation vital(BundleEntryComponent entry) {
        return (Observation) entry.getResource();
    }
}
