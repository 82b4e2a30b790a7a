package eu.sinusnode.policy.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.authorization.RequestedWrites;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.profiles.ValidationIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Resource;

/**
 * Last step of a write: first whether the caller may state this of this patient and in place of what is stored, then every
 * fault of every resource in one 422. Nothing is stored unless all of it holds.
 */
@Interceptor
public final class WriteInterceptor {

    private final StoredVersionPolicy storedVersions;
    private final ContentPolicy content;
    private final DeletionPolicy deletions = new DeletionPolicy();
    private final StewardPolicy stewards = new StewardPolicy();
    private final ContentRules rules;
    private final ReferencePolicy referencePolicy;
    private final ProfileCheck profiles;
    private final RecordVisibility visibility;
    private final RequestScope scope;
    private final Mentions mentions;

    public WriteInterceptor(
            FhirContext context,
            StoredVersionPolicy storedVersions,
            ContentPolicy content,
            ContentRules rules,
            ReferencePolicy referencePolicy,
            ProfileCheck profiles,
            RecordVisibility visibility,
            RequestScope scope) {
        this.storedVersions = storedVersions;
        this.content = content;
        this.rules = rules;
        this.referencePolicy = referencePolicy;
        this.profiles = profiles;
        this.visibility = visibility;
        this.scope = scope;
        this.mentions = new Mentions(context);
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.VALIDATION)
    public void check(RequestDetails request) {
        List<RequestedWrite> writes = RequestedWrites.of(request);
        if (writes.isEmpty()) {
            return;
        }
        Caller caller = CurrentCaller.require(request);
        References references = new TransactionReferences(writes, scope.references(request));
        for (RequestedWrite write : writes) {
            decideStored(request, caller, write);
        }
        List<OperationOutcomeIssueComponent> issues = new ArrayList<>();
        for (RequestedWrite write : writes) {
            if (write.interaction() != Interaction.DELETE) {
                issuesOf(request, caller, write, references)
                        .forEach(issue -> issues.add(issue.toIssue(write.expression())));
            }
        }
        if (!issues.isEmpty()) {
            throw Denials.unprocessable(issues);
        }
    }

    private void decideStored(RequestDetails request, Caller caller, RequestedWrite write) {
        Optional<Resource> stored = stored(request, write);
        if (write.interaction() != Interaction.CREATE) {
            enforce(
                    request,
                    write,
                    storedVersions.decide(
                            caller,
                            write.interaction(),
                            write.id(),
                            stored,
                            scope.references(request),
                            scope.standings(request)));
            requireVersion(write, stored);
        }
        enforce(request, write, decideScope(request, caller, write));
        enforce(
                request,
                write,
                write.interaction() == Interaction.DELETE
                        ? deletions.decide(caller, write.resource())
                        : content.decide(caller, write.interaction(), write.resource(), stored));
        enforce(request, write, stewards.decide(caller, write.resource(), stored, sent(request)));
    }

    /** Only after it is decided that the caller may know of the record: a 412 tells that it is there. */
    private static void requireVersion(RequestedWrite write, Optional<Resource> stored) {
        boolean same = write.ifMatch() == null
                || stored.map(StoredVersionPolicy::version)
                        .filter(write.ifMatch()::equals)
                        .isPresent();
        if (!same) {
            throw Problems.exception(RequestProblem.VERSION_MISMATCH);
        }
    }

    private Decision decideScope(RequestDetails request, Caller caller, RequestedWrite write) {
        RecordFacts facts =
                new RecordFactsReader(sent(request)).read(write.resource(), Optional.ofNullable(write.id()));
        return visibility.decideContent(
                caller, write.interaction(), facts, scope.standings(request).at());
    }

    private References sent(RequestDetails request) {
        return new TransactionReferences(RequestedWrites.of(request), scope.references(request));
    }

    private List<WriteIssue> issuesOf(
            RequestDetails request, Caller caller, RequestedWrite write, References references) {
        List<WriteIssue> issues = new ArrayList<>();
        for (ValidationIssue issue : profiles.validate(write.resource())) {
            if (issue.isError()) {
                issues.add(new WriteIssue(DenialCode.PROFILE, issue.location(), issue.message()));
            }
        }
        PatientStandings standings = scope.standings(request);
        issues.addAll(rules.check(write.resource(), standings.at(), reference -> references
                .canonical(reference)
                .orElse(reference)));
        ReferencePolicy.Findings findings =
                referencePolicy.check(caller, write, mentions.of(write.resource()), references, standings);
        issues.addAll(findings.issues());
        stored(request, write)
                .filter(stored -> storedVersions.moves(write, stored, references))
                .ifPresent(stored -> issues.add(new WriteIssue(
                        DenialCode.REFERENCE,
                        ReferencePolicy.ownerPath(write),
                        "a record stays with the patient it belongs to")));
        note(request, write, issues, findings);
        return issues;
    }

    private static void note(
            RequestDetails request, RequestedWrite write, List<WriteIssue> issues, ReferencePolicy.Findings findings) {
        findings.denials().forEach((patientId, deny) -> DenialLedger.note(request, deny, patientId));
        issues.stream()
                .map(WriteIssue::code)
                .distinct()
                .map(code -> new Decision.Deny(code, write.resourceType() + " was refused: " + code.meaning()))
                .forEach(deny -> DenialLedger.note(request, deny, null));
    }

    private Optional<Resource> stored(RequestDetails request, RequestedWrite write) {
        return write.interaction() == Interaction.CREATE
                ? Optional.empty()
                : scope.references(request).find(write.path());
    }

    private static void enforce(RequestDetails request, RequestedWrite write, Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            DenialLedger.note(request, deny, null);
            throw Denials.exception(deny, write.path());
        }
    }
}
