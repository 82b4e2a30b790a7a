package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Slot;
import org.junit.jupiter.api.Test;

class SlotProfileTest extends AbstractProfileTest {

    SlotProfileTest() {
        super("slot", Canonicals.SLOT);
    }

    @Test
    void offsetsCountInTheOrderOfTimes() {
        assertThat(errors(changed(Slot.class, slot -> {
                    slot.setStartElement(new InstantType("2026-10-25T02:45:00+02:00"));
                    slot.setEndElement(new InstantType("2026-10-25T02:15:00+01:00"));
                })))
                .isEmpty();
    }
}
