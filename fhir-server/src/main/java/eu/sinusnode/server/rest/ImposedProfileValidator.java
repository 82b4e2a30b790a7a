package eu.sinusnode.server.rest;

import eu.sinusnode.policy.validation.ProfileValidator;
import eu.sinusnode.profiles.ValidationIssue;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Resource;

/** The profiles' validator as the policy asks for it. */
final class ImposedProfileValidator implements ProfileValidator {

    private final eu.sinusnode.profiles.ProfileValidator validator;

    ImposedProfileValidator(eu.sinusnode.profiles.ProfileValidator validator) {
        this.validator = validator;
    }

    @Override
    public List<OperationOutcomeIssueComponent> validate(Resource resource) {
        return validator.validate(resource).stream()
                .map(ImposedProfileValidator::asIssue)
                .toList();
    }

    private static OperationOutcomeIssueComponent asIssue(ValidationIssue issue) {
        OperationOutcomeIssueComponent component = new OperationOutcomeIssueComponent();
        component.setSeverity(IssueSeverity.fromCode(issue.severity().name().toLowerCase(Locale.ROOT)));
        component.setCode(issue.isError() ? IssueType.INVALID : IssueType.INFORMATIONAL);
        component.getDetails().addCoding().setCode(issue.code());
        component.setDiagnostics(issue.message());
        component.addExpression(issue.location());
        return component;
    }
}
