package eu.sinusnode.policy.validation;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.authorization.RequestedWrites;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.validation.ReferencePolicy.Mention;
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

    private final WriteChecks checks;
    private final TherapyPlanPolicy plans = new TherapyPlanPolicy();
    private final RequestScope scope;

    public WriteInterceptor(WriteChecks checks, RequestScope scope) {
        this.checks = checks;
        this.scope = scope;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.VALIDATION)
    public void check(RequestDetails request) {
        List<RequestedWrite> writes = RequestedWrites.of(request);
        if (writes.isEmpty()) {
            return;
        }
        Caller caller = CurrentCaller.require(request);
        References references = WriteChecks.once(writes, scope.references(request));
        List<List<Mention>> mentions = writes.stream().map(checks::mentions).toList();
        WriteChecks.expect(
                writes,
                mentions.stream().flatMap(List::stream).toList(),
                references,
                scope.references(request),
                scope.standings(request));
        for (RequestedWrite write : writes) {
            decide(request, caller, write, references);
        }
        List<OperationOutcomeIssueComponent> issues = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            RequestedWrite write = writes.get(i);
            if (write.interaction() != Interaction.DELETE) {
                issuesOf(request, caller, write, mentions.get(i), references)
                        .forEach(issue -> issues.add(issue.toIssue(write.expression())));
            }
        }
        if (!issues.isEmpty()) {
            throw Denials.unprocessable(issues);
        }
    }

    private void decide(RequestDetails request, Caller caller, RequestedWrite write, References references) {
        Optional<Resource> stored = stored(request, write);
        PatientStandings standings = scope.standings(request);
        if (write.interaction() != Interaction.CREATE) {
            enforce(request, write, checks.decideStored(caller, write, stored, scope.references(request), standings));
            requireVersion(write, stored);
        }
        enforce(request, write, checks.decideContent(caller, write, stored, references, standings));
        if (write.interaction() != Interaction.DELETE) {
            enforce(request, write, plans.decide(caller, write.resource(), stored, isReviewed(request)));
        }
    }

    /** An attribute of the servlet's request is set by this server alone. */
    private static boolean isReviewed(RequestDetails request) {
        return request instanceof ServletRequestDetails servlet
                && Boolean.TRUE.equals(servlet.getServletRequest().getAttribute(TherapyPlanPolicy.REVIEWED));
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

    private List<WriteIssue> issuesOf(
            RequestDetails request,
            Caller caller,
            RequestedWrite write,
            List<Mention> mentions,
            References references) {
        WriteChecks.Findings findings =
                checks.find(caller, write, mentions, stored(request, write), references, scope.standings(request));
        findings.denials().forEach((patientId, deny) -> DenialLedger.note(request, deny, patientId));
        findings.issues().stream()
                .map(WriteIssue::code)
                .distinct()
                .map(code -> new Decision.Deny(code, write.resourceType() + " was refused: " + code.meaning()))
                .forEach(deny -> DenialLedger.note(request, deny, null));
        return findings.issues();
    }

    private Optional<Resource> stored(RequestDetails request, RequestedWrite write) {
        return write.interaction() == Interaction.CREATE
                ? Optional.empty()
                : scope.references(request).find(write.path());
    }

    private static void enforce(RequestDetails request, RequestedWrite write, Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            DenialLedger.note(request, deny, null);
            throw Denials.exception(deny, write.path(), write.expression());
        }
    }
}
