package eu.sinusnode.server.therapy;

import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;

/** The plans of one programme that a patient has, in any of its versions, as far as the caller sees them. */
record PatientPlans(List<CarePlan> ofProgramme) {

    private static final int MOST = 500;
    private static final Set<CarePlanStatus> OPEN =
            Set.of(CarePlanStatus.DRAFT, CarePlanStatus.ACTIVE, CarePlanStatus.ONHOLD);

    /** @param found whether the caller's searches find all of them that its reads show */
    static PatientPlans of(String patient, String programmeUrl, OwnRequests requests, boolean found) {
        OwnRequests.FirstPage<CarePlan> page = found
                ? requests.demandedPage(CarePlan.class, "patient=" + patient + "&_count=" + MOST)
                : requests.readable(CarePlan.class, patient, MOST);
        if (!page.whole()) {
            throw Denials.problem(
                    RequestProblem.PLAN_STATE, "the patient has more plans than this server looks through");
        }
        return new PatientPlans(page.records().stream()
                .filter(plan -> plan.getInstantiatesCanonical().stream()
                        .anyMatch(canonical ->
                                String.valueOf(canonical.getValue()).startsWith(programmeUrl + "|")))
                .toList());
    }

    /** One that has not ended. */
    Optional<CarePlan> open() {
        return ofProgramme.stream()
                .filter(plan -> OPEN.contains(plan.getStatus()))
                .findFirst();
    }
}
