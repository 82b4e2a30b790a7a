package eu.sinusnode.policy.audit;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.consent.EmergencyReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what was noted of a request into the audit. An operation that writes its answer itself calls {@link #disclose}
 * before the first byte leaves; for every other answer it happens by itself.
 */
public final class RequestAudit {

    private static final Logger LOG = LoggerFactory.getLogger(RequestAudit.class);
    private static final int STATUS_OF_CALLERS_FAULTS = 400;
    private static final int STATUS_OF_SERVERS_FAULTS = 500;

    private final AuditTrail trail;
    private final DenialAudit denials;
    private final RequestFactsReader facts;

    public RequestAudit(AuditTrail trail, DenialAudit denials, ValueKey key) {
        this.trail = trail;
        this.denials = denials;
        this.facts = new RequestFactsReader(key);
    }

    /**
     * The answer of a manual-response operation is about to leave.
     *
     * @param interaction {@link AuditedInteraction#BULK} when one answer holds many patients: then one AuditEvent stands
     *     for it, and the ledger has the records
     * @param rule by which it is permitted
     * @param records one a patient and type is enough for a bulk answer
     * @throws BaseServerResponseException 503 when it cannot be recorded; nothing may leave then
     */
    public void disclose(
            RequestDetails request, AuditedInteraction interaction, String rule, List<AuditedRecord> records) {
        DisclosureLedger.note(request, interaction, null, records);
        DisclosureLedger.permittedBy(request, rule);
        BaseServerResponseException failure = record(request);
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * What a job tells of its run. Told again, it makes no second entry; the call itself is recorded beside it, like every
     * operation.
     *
     * @throws BaseServerResponseException 503 when it cannot be recorded; a run must not begin then
     */
    public void told(RequestDetails request, JobRun run) {
        AuditedCaller caller = AuditedCaller.of(CurrentCaller.require(request));
        try {
            trail.recordOnce(
                    run.entryId(caller.clientId()),
                    run.facts(RequestFactsReader.address(request)),
                    caller,
                    run.outcome(),
                    List.of());
        } catch (RuntimeException e) {
            LOG.error("The run of a job could not be audited: {}", FaultOrigin.of(e));
            throw unavailable();
        }
    }

    /** @return what answers the request instead when the audit cannot be written */
    @Nullable
    BaseServerResponseException record(RequestDetails request) {
        try {
            RequestFacts asked = null;
            AuditedCaller caller =
                    CurrentCaller.find(request).map(AuditedCaller::of).orElse(null);
            Map<String, EmergencyReason> emergencies = EmergencyLedger.of(request);
            DisclosureLedger.Page page = DisclosureLedger.drain(request);
            Map<Decision.Deny, List<String>> refusals = DenialLedger.drain(request);
            for (var happened : page.records().entrySet()) {
                if (happened.getValue().isEmpty() && !refusals.isEmpty()) {
                    // All that was asked for was refused: the refusals tell it.
                    continue;
                }
                asked = asked == null ? facts.read(request) : asked;
                RequestFacts told = told(asked, happened.getKey());
                for (ByPurpose part : ByPurpose.of(happened.getValue(), emergencies)) {
                    trail.record(told, part.of(caller), part.granted(page.rules()), part.records());
                }
                DisclosureLedger.recorded(request);
            }
            for (var denied : refusals.entrySet()) {
                asked = asked == null ? facts.read(request) : asked;
                for (ByPurpose part : ByPurpose.ofPatients(denied.getValue(), emergencies)) {
                    denials.denied(asked, part.of(caller), denied.getKey(), part.patients());
                }
                DisclosureLedger.recorded(request);
            }
            return null;
        } catch (RuntimeException e) {
            LOG.error(
                    "The audit could not be written, so request {} ends in a 503: {}",
                    request.getRequestId(),
                    FaultOrigin.of(e));
            return unavailable();
        }
    }

    /** A request that was refused for its form, and for which no policy noted a refusal. */
    @Nullable
    BaseServerResponseException recordFault(RequestDetails request, BaseServerResponseException answer) {
        int status = answer.getStatusCode();
        if (DisclosureLedger.isRecorded(request)
                || status < STATUS_OF_CALLERS_FAULTS
                || status >= STATUS_OF_SERVERS_FAULTS) {
            return null;
        }
        try {
            trail.record(
                    facts.read(request),
                    CurrentCaller.find(request).map(AuditedCaller::of).orElse(null),
                    new AuditOutcome.Denied("HTTP-" + status, "the request was answered with status " + status),
                    List.of());
            return null;
        } catch (RuntimeException e) {
            LOG.error(
                    "The audit could not be written, so request {} ends in a 503: {}",
                    request.getRequestId(),
                    FaultOrigin.of(e));
            return unavailable();
        }
    }

    /**
     * A request that the server gave up, though nobody was refused.
     *
     * @return what answers instead when it cannot be recorded
     */
    public @Nullable BaseServerResponseException recordEnd(RequestDetails request, RequestProblem problem) {
        try {
            trail.record(
                    facts.read(request),
                    CurrentCaller.find(request).map(AuditedCaller::of).orElse(null),
                    new AuditOutcome.Denied(problem.code(), problem.meaning()),
                    List.of());
            return null;
        } catch (RuntimeException e) {
            LOG.error("The audit could not be written for request {}: {}", request.getRequestId(), FaultOrigin.of(e));
            return unavailable();
        }
    }

    private static RequestFacts told(RequestFacts asked, DisclosureLedger.Happening happening) {
        if (happening.interaction() == asked.interaction() && happening.within() == null) {
            return asked;
        }
        return asked.as(happening.interaction(), happening.within() == null ? asked.operation() : happening.within());
    }

    private static BaseServerResponseException unavailable() {
        return Problems.exception(RequestProblem.AUDIT_UNAVAILABLE);
    }
}
