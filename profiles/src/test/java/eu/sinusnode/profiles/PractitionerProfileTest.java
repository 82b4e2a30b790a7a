package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Practitioner;
import org.junit.jupiter.api.Test;

class PractitionerProfileTest extends AbstractProfileTest {

    PractitionerProfileTest() {
        super("practitioner", Canonicals.PRACTITIONER);
    }

    @Test
    void identifierAloneIsEnough() {
        assertThat(errors(changed(Practitioner.class, practitioner -> practitioner.setName(null))))
                .isEmpty();
    }
}
