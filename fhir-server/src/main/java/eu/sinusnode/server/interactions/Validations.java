package eu.sinusnode.server.interactions;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.validation.WriteChecks;
import eu.sinusnode.policy.validation.WriteIssue;
import eu.sinusnode.profiles.ValidationIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * {@code $validate} (FHIR R4, resource-operation-validate.html): what a write would be answered, by the same checks, and
 * nothing is stored. Who may not write the type, or not know of the record, is answered as the write itself would be; what
 * is wrong with the content is an issue.
 */
public final class Validations {

    private final AuthorizationPolicy authorization;
    private final WriteChecks checks;
    private final DisclosureGate gate;
    private final RequestScope scope;
    private final NamedProfiles profiles;

    /** Holds a resource against one profile. */
    @FunctionalInterface
    public interface NamedProfiles {

        /** @throws IllegalArgumentException when the profile is not known */
        List<ValidationIssue> validate(Resource resource, String profile);
    }

    public Validations(
            AuthorizationPolicy authorization,
            WriteChecks checks,
            DisclosureGate gate,
            RequestScope scope,
            NamedProfiles profiles) {
        this.authorization = authorization;
        this.checks = checks;
        this.gate = gate;
        this.scope = scope;
        this.profiles = profiles;
    }

    /** Information alone, or a warning, when it would be stored; an error for each reason why it would not. */
    public OperationOutcome answer(ValidationRequest asked, RequestDetails request) {
        return switch (asked.mode()) {
            case PROFILE -> stored(asked, request);
            case DELETE -> delete(asked, request);
            default -> write(asked, request, Objects.requireNonNull(asked.resource(), "a write has a resource"));
        };
    }

    /** The answer quotes what is stored, so it is a read. */
    private OperationOutcome stored(ValidationRequest asked, RequestDetails request) {
        enforce(request, asked, authorization.decide(caller(request), asked.resourceType(), Interaction.READ));
        Resource stored = scope.references(request)
                .find(path(asked))
                .filter(record -> gate.mayTellOf(request, record))
                .orElseThrow(() -> Denials.unknown(path(asked)));
        List<OperationOutcomeIssueComponent> issues = new ArrayList<>();
        addProfile(issues, stored, asked.profile());
        return outcome(issues, "The record conforms to the profile.");
    }

    private OperationOutcome delete(ValidationRequest asked, RequestDetails request) {
        enforce(request, asked, authorization.decide(caller(request), asked.resourceType(), Interaction.DELETE));
        Resource stored = scope.references(request)
                .find(path(asked))
                .orElseThrow(() -> refusal(
                        request, asked, new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "no such record is stored")));
        List<OperationOutcomeIssueComponent> issues = new ArrayList<>();
        decide(request, asked, write(asked, Interaction.DELETE, stored), Optional.of(stored), issues);
        return outcome(issues, "The record would be deleted, unless another one refers to it; nothing was done.");
    }

    private OperationOutcome write(ValidationRequest asked, RequestDetails request, Resource resource) {
        Interaction interaction = interaction(asked, caller(request));
        enforce(request, asked, authorization.decide(caller(request), asked.resourceType(), interaction));
        if (asked.id() != null) {
            resource.setId(path(asked));
        }
        RequestedWrite write = write(asked, interaction, resource);
        Optional<Resource> stored = asked.id() == null
                ? Optional.empty()
                : scope.references(request).find(path(asked));
        List<OperationOutcomeIssueComponent> issues = new ArrayList<>();
        decide(request, asked, write, stored, issues);
        WriteChecks.Findings findings =
                checks.find(caller(request), write, stored, once(request, write), scope.standings(request));
        findings.denials().forEach((patientId, deny) -> DenialLedger.note(request, deny, patientId));
        findings.issues().forEach(issue -> issues.add(issue.toIssue(asked.resourceType())));
        findings.remarks().forEach(remark -> issues.add(issue(remark)));
        if (asked.profile() != null) {
            addProfile(issues, resource, asked.profile());
        }
        return outcome(issues, "The resource would be stored; nothing was done.");
    }

    /** Whoever may update a type only is told whether the content could be part of an update. */
    private Interaction interaction(ValidationRequest asked, Caller caller) {
        boolean update = asked.mode() == ValidationRequest.Mode.UPDATE
                || asked.mode() == ValidationRequest.Mode.ANY_WRITE
                        && authorization.decide(caller, asked.resourceType(), Interaction.CREATE)
                                instanceof Decision.Deny;
        return update ? Interaction.UPDATE : Interaction.CREATE;
    }

    /** What hides a record ends the request; what concerns the content is one more issue. */
    private void decide(
            RequestDetails request,
            ValidationRequest asked,
            RequestedWrite write,
            Optional<Resource> stored,
            List<OperationOutcomeIssueComponent> issues) {
        PatientStandings standings = scope.standings(request);
        if (asked.id() != null) {
            enforce(
                    request,
                    asked,
                    checks.decideStored(caller(request), write, stored, scope.references(request), standings));
        }
        Decision content = checks.decideContent(caller(request), write, stored, once(request, write), standings);
        if (content instanceof Decision.Deny deny) {
            if (deny.code().hidesExistence()) {
                throw refusal(request, asked, deny);
            }
            issues.add(new WriteIssue(deny.code(), asked.resourceType(), deny.reason()).toIssue(asked.resourceType()));
        }
    }

    private References once(RequestDetails request, RequestedWrite write) {
        return WriteChecks.once(List.of(write), scope.references(request));
    }

    private void addProfile(List<OperationOutcomeIssueComponent> issues, Resource resource, @Nullable String profile) {
        try {
            profiles.validate(resource, String.valueOf(profile))
                    .forEach(found -> issues.add(
                            found.isError()
                                    ? new WriteIssue(DenialCode.PROFILE, found.location(), found.message())
                                            .toIssue(resource.fhirType())
                                    : issue(found)));
        } catch (IllegalArgumentException notKnown) {
            issues.add(new WriteIssue(DenialCode.PROFILE, resource.fhirType(), "the profile is not known here")
                    .toIssue(resource.fhirType()));
        }
    }

    private static OperationOutcomeIssueComponent issue(ValidationIssue remark) {
        OperationOutcomeIssueComponent issue = new OperationOutcomeIssueComponent();
        issue.setSeverity(
                remark.severity() == ValidationIssue.Severity.WARNING
                        ? IssueSeverity.WARNING
                        : IssueSeverity.INFORMATION);
        issue.setCode(IssueType.INFORMATIONAL).setDiagnostics(remark.message()).addExpression(remark.location());
        return issue;
    }

    private static OperationOutcome outcome(List<OperationOutcomeIssueComponent> issues, String allIsWell) {
        OperationOutcome outcome = new OperationOutcome();
        if (issues.stream().noneMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR)) {
            outcome.addIssue()
                    .setSeverity(IssueSeverity.INFORMATION)
                    .setCode(IssueType.INFORMATIONAL)
                    .setDiagnostics(allIsWell);
        }
        issues.forEach(outcome::addIssue);
        return outcome;
    }

    private static RequestedWrite write(ValidationRequest asked, Interaction interaction, Resource resource) {
        return new RequestedWrite(asked.resourceType(), -1, interaction, resource, asked.id(), null, null, null, true);
    }

    private static String path(ValidationRequest asked) {
        return asked.resourceType() + "/" + asked.id();
    }

    private static Caller caller(RequestDetails request) {
        return CurrentCaller.require(request);
    }

    private static void enforce(RequestDetails request, ValidationRequest asked, Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            throw refusal(request, asked, deny);
        }
    }

    private static RuntimeException refusal(RequestDetails request, ValidationRequest asked, Decision.Deny deny) {
        DenialLedger.note(request, deny, null);
        return Denials.exception(deny, asked.id() == null ? asked.resourceType() : path(asked));
    }
}
