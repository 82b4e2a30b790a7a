package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Encounter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncounterProfileTest extends AbstractProfileTest {

    EncounterProfileTest() {
        super("encounter", Canonicals.ENCOUNTER);
    }

    @ParameterizedTest
    @CsvSource({"planned,true", "arrived,true", "in-progress,false", "onleave,false", "cancelled,true"})
    void whatHasBegunSaysWhen(String status, boolean acceptedWithoutPeriod) {
        Encounter encounter = changed(Encounter.class, contact -> contact.setPeriod(null)
                .setStatus(Encounter.EncounterStatus.fromCode(status)));
        assertThat(errors(encounter).isEmpty()).isEqualTo(acceptedWithoutPeriod);
    }
}
