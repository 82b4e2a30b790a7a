package eu.sinusnode.server.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import eu.sinusnode.profiles.PlainVital;
import eu.sinusnode.server.http.Variety;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HAPI's encoder, asked as HAPI's storage asks it, is the oracle. */
class VitalJsonTest {

    private final IParser hapi = FhirContext.forR4Cached().newJsonParser();

    VitalJsonTest() {
        hapi.setDontEncodeElements(
                List.of("id", "Observation.meta.versionId", "Observation.meta.lastUpdated", "Observation.meta.source"));
    }

    static Stream<Observation> variety() {
        return Variety.of("json-anna").stream();
    }

    @ParameterizedTest
    @MethodSource("variety")
    void theTextIsTheOneOfTheEncoder(Observation vital) {
        assertThat(PlainVital.isPlain(vital)).isTrue();
        vital.setId("Observation/1/_history/1");
        vital.getMeta().setVersionId("1");

        assertThat(VitalJson.of(vital)).isEqualTo(hapi.encodeResourceToString(vital));
    }

    /** As clients send it, and not only as it is built here. */
    @ParameterizedTest
    @MethodSource("variety")
    void soItIsOfWhatWasParsed(Observation vital) {
        IParser parser = FhirContext.forR4Cached().newJsonParser();
        Observation parsed = parser.parseResource(Observation.class, parser.encodeResourceToString(vital));
        parsed.getMeta().setVersionId("1");

        assertThat(VitalJson.of(parsed)).isEqualTo(hapi.encodeResourceToString(parsed));
    }

    @Test
    void everyCharacterOfPlainTextsIsWrittenLikeTheEncoderWritesIt() {
        for (char each = ' '; each <= '\u024f'; each++) {
            Observation vital = Variety.of("json-bert").get(0);
            vital.getCode().setText("a" + each + "b");
            vital.getMeta().setVersionId("1");
            if (PlainVital.isPlain(vital)) {
                assertThat(VitalJson.of(vital)).isEqualTo(hapi.encodeResourceToString(vital));
            }
        }
    }
}
