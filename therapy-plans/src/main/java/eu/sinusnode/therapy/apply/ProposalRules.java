package eu.sinusnode.therapy.apply;

import eu.sinusnode.profiles.RiskInputCodes;
import eu.sinusnode.therapy.apply.NamedInput.MedicineQuestion;
import eu.sinusnode.therapy.medicine.MedicineClass;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.ActivityDefinition.RequestIntent;
import org.hl7.fhir.r4.model.PlanDefinition.ActionConditionKind;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;

/**
 * What a programme has to say before it may propose a medicine: of intent {@code proposal}, a class that there is a table of
 * contraindications for, and conditions that it is neither prescribed already nor contraindicated.
 */
final class ProposalRules {

    private ProposalRules() {}

    /** @throws ProgrammeException when a medicine is proposed in another way */
    static void demand(Programme programme) {
        programme.plan().getAction().stream()
                .flatMap(ProposalRules::within)
                .filter(programme::proposesMedicine)
                .forEach(action -> demand(action, programme.activity(action).orElseThrow()));
    }

    private static void demand(PlanDefinitionActionComponent action, ActivityDefinition definition) {
        if (definition.getIntent() != RequestIntent.PROPOSAL) {
            throw notUnderstood(action, "is of another intent than proposal");
        }
        MedicineClass medicine = medicine(definition)
                .orElseThrow(() -> notUnderstood(action, "is of no class that there are contraindications for here"));
        Arrays.stream(MedicineQuestion.values())
                .map(question -> NamedInput.of(medicine, question))
                .filter(input -> !asks(action, "%" + input.variable() + ".not()"))
                .findFirst()
                .ifPresent(input -> {
                    throw notUnderstood(action, "has no condition %" + input.variable() + ".not()");
                });
    }

    /** As a condition alone: within another expression it need not decide. */
    private static boolean asks(PlanDefinitionActionComponent action, String expression) {
        return action.getCondition().stream()
                .filter(condition -> condition.getKind() == ActionConditionKind.APPLICABILITY)
                .anyMatch(
                        condition -> expression.equals(condition.getExpression().getExpression()));
    }

    private static Optional<MedicineClass> medicine(ActivityDefinition definition) {
        return definition.hasProductCodeableConcept()
                ? definition.getProductCodeableConcept().getCoding().stream()
                        .filter(coding -> RiskInputCodes.ATC_SYSTEMS.contains(coding.getSystem()))
                        .flatMap(coding -> MedicineClass.proposedAs(String.valueOf(coding.getCode())).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Stream<PlanDefinitionActionComponent> within(PlanDefinitionActionComponent action) {
        return Stream.concat(Stream.of(action), action.getAction().stream().flatMap(ProposalRules::within));
    }

    private static ProgrammeException notUnderstood(PlanDefinitionActionComponent action, String why) {
        return new ProgrammeException(
                ProgrammeException.Reason.NOT_UNDERSTOOD, "The proposed medicine " + action.getId() + " " + why);
    }
}
