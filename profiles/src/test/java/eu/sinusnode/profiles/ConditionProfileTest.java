package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class ConditionProfileTest extends AbstractProfileTest {

    ConditionProfileTest() {
        super("condition", Canonicals.CONDITION);
    }

    @Test
    void wordsAreEnough() {
        assertThat(errors(changed(
                        Condition.class,
                        condition -> condition.setCode(new CodeableConcept().setText("Palpitations")))))
                .isEmpty();
    }

    @Test
    void endOnTheDayOfTheBeginningIsAccepted() {
        assertThat(errors(changed(Condition.class, condition -> condition
                        .setOnset(new DateTimeType("2026-05-04"))
                        .setAbatement(new DateTimeType("2026-05-04"))
                        .setClinicalStatus(new CodeableConcept(new Coding(
                                "http://terminology.hl7.org/CodeSystem/condition-clinical", "resolved", null))))))
                .isEmpty();
    }

    @Test
    void conditionOfAGroupIsRefused() {
        assertThat(errors(changed(Condition.class, condition -> condition.setSubject(new Reference("Group/1")))))
                .isNotEmpty();
    }
}
