package eu.sinusnode.policy.validation;

import eu.sinusnode.profiles.ValidationIssue;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** Checks a resource against the profile that its type and code demand; {@code ProfileValidator::validate} is one. */
@FunctionalInterface
public interface ProfileCheck {

    /** Every issue found; locations start at the resource's type, e.g. {@code Observation.value}. */
    List<ValidationIssue> validate(Resource resource);
}
