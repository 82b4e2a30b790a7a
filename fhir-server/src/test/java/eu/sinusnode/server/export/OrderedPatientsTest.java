package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedPatientsTest {

    private static final String BASE = "https://sinusnode.example.org/fhir";
    private static final String ANNA = "1f0e2d3c-4b5a-4968-8776-655443322110";
    private static final String BERTA = "2f0e2d3c-4b5a-4968-8776-655443322110";

    @Test
    void referencesToPatientsOfThisServerAreTakenOnce() {
        assertThat(OrderedPatients.of(List.of("Patient/" + BERTA, BASE + "/Patient/" + ANNA, "Patient/" + BERTA), BASE))
                .containsExactly(ANNA, BERTA);
    }

    /** As unknown as one that nobody has. */
    @Test
    void idsThatNoPatientHereCanHaveAreLeftOut() {
        assertThat(OrderedPatients.of(List.of("Patient/123", "Patient/" + ANNA.toUpperCase(Locale.ROOT)), BASE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Patient",
                "Patient/",
                ANNA,
                "patient/" + ANNA,
                "Observation/" + ANNA,
                "Patient/" + ANNA + "/_history/1",
                "Patient/" + ANNA + ",Patient/" + BERTA,
                "Patient?identifier=1",
                "#anna",
                "urn:uuid:" + ANNA,
                "https://elsewhere.example.org/fhir/Patient/" + ANNA,
                BASE + "/fhir/Patient/" + ANNA
            })
    void everythingElseIsRefused(String reference) {
        List<String> references = List.of("Patient/" + ANNA, reference);
        assertThatThrownBy(() -> OrderedPatients.of(references, BASE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("SN-EXPORT-001");
    }

    @Test
    void aReferenceStandsByItsLiteral() {
        assertThat(OrderedPatients.reference(new Reference("Patient/" + ANNA))).hasValue("Patient/" + ANNA);
        assertThat(OrderedPatients.reference(new Reference().setIdentifier(new Identifier().setValue("X110411675"))))
                .isEmpty();
        assertThat(OrderedPatients.reference(new Coding())).isEmpty();
    }
}
