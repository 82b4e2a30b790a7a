package eu.sinusnode.server.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Variety;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HAPI's encoder is the oracle; over all examples that are known to us it is asked by {@code RoundTripIT}. */
class StoredTextTest {

    private static final String BASE = StoredForm.BASE;

    private static final StoredForm FORM = new StoredForm();

    static Stream<Resource> records() {
        Patient bare = new Patient();
        Patient labelled = new Patient();
        labelled.getMeta().addSecurity("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null);
        labelled.getMeta().addTag("https://example.eu/tags", "a \"tag\"", null);
        labelled.addName().setFamily("Ödegård \\ \"Æ\"");
        Patient told = new Patient();
        told.getMeta().setSource("urn:uuid:3f5f4c2e-6a8f-4f31-9f2c-2d6d9d3a7b10#request-1");
        told.getMeta().addProfile("https://example.eu/Profile");
        return Stream.concat(Stream.of(bare, labelled, told), Variety.of("text-anna").stream());
    }

    @ParameterizedTest
    @MethodSource("records")
    void theAnswerIsTheOneOfTheEncoder(Resource record) {
        String stored = FORM.stored(record);

        Resource decoded = FORM.decoded(stored, record);

        assertThat(StoredText.answer(stored, decoded, BASE)).contains(FORM.encoded(decoded));
    }

    @Test
    void whatTheEncoderWouldChangeIsLeftToIt() {
        Observation absolute = Variety.of("text-bert").get(0);
        absolute.getDevice().setReference(BASE + "/Device/1");
        Patient extended = new Patient();
        extended.getMeta().addExtension("https://example.eu/extension", new StringType("before the version"));
        Patient oddSource = new Patient();
        oddSource.getMeta().setSource("urn:a\"b");

        for (Resource record : List.of(absolute, extended, oddSource)) {
            String stored = FORM.stored(record);
            assertThat(StoredText.answer(stored, FORM.decoded(stored, record), BASE))
                    .as(stored)
                    .isEmpty();
        }
    }

    /** Where the storage keeps the version of a reference, the encoder decides by the element's path whether it is told. */
    @Test
    void soAreReferencesToVersions() {
        Observation record = Variety.of("text-bert").get(0);
        record.getDevice().setReference("Device/1");
        String stored = FORM.stored(record).replace("Device/1", "Device/1/_history/2");

        assertThat(StoredText.answer(stored, FORM.decoded(stored, record), BASE))
                .isEmpty();
    }

    @Test
    void ofARecordWithoutVersionOrTimeNothingIsMade() {
        Patient record = new Patient();
        record.setId("Patient/1");

        assertThat(StoredText.answer("{\"resourceType\":\"Patient\",\"meta\":{}}", record, BASE))
                .isEmpty();
    }
}
