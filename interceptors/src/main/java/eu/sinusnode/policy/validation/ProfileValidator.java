package eu.sinusnode.policy.validation;

import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Resource;

/** Checks a resource against the profile that its type and code demand. */
public interface ProfileValidator {

    /**
     * Every issue found; empty or nothing of severity error or fatal when the resource conforms. Expressions start at the
     * resource's type, e.g. {@code Observation.value}.
     */
    List<OperationOutcomeIssueComponent> validate(Resource resource);
}
