package eu.sinusnode.server.launch;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.policy.audit.RequestFacts;
import eu.sinusnode.policy.authentication.AuthenticationPolicy.Identification;
import eu.sinusnode.policy.disclosure.RecordAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides and audits a launch. A clinician may open an app with a patient whom that clinician might read; every other
 * patient, hidden or not there, gives one and the same answer.
 */
final class Launch {

    static final String OPERATION = "launch";

    /** As a read of an id that does not exist is audited. */
    private static final AuditOutcome NOT_THERE =
            new AuditOutcome.Denied("HTTP-404", "the request was answered with status 404");

    private final RecordAccess access;
    private final LaunchTokens tokens;
    private final AuditTrail audit;
    private final DenialAudit denials;

    Launch(RecordAccess access, LaunchTokens tokens, AuditTrail audit, DenialAudit denials) {
        this.access = access;
        this.tokens = tokens;
        this.audit = audit;
        this.denials = denials;
    }

    /** What came of it; everything that had to be audited is. */
    sealed interface Result {
        /** @param token compact JWS */
        record Launched(String token) implements Result {}

        record Refused(Decision.Deny deny) implements Result {}

        /** The patient does not exist, or the caller may not know that it does. */
        record Unknown(String patientId) implements Result {}
    }

    /** Who is calling, when a caller of that kind may launch at all. */
    sealed interface Admission {
        record Admitted(Caller caller) implements Admission {}

        record Refused(Decision.Deny deny) implements Admission {}
    }

    /** Judges the caller alone, before anything of the body is looked at. */
    Admission admit(Map<String, Object> claims, RequestSource source) {
        Identification identification = access.identify(claims);
        if (identification instanceof Identification.Refused refused) {
            denials.denied(source.facts(null), null, refused.deny(), List.of());
            return new Admission.Refused(refused.deny());
        }
        Caller caller = ((Identification.Identified) identification).caller();
        if (caller.kind() != CallerKind.CLINICIAN) {
            Decision.Deny deny = new Decision.Deny(
                    DenialCode.OPERATION, "callers of kind " + caller.kind().claim() + " may not launch an app");
            denials.denied(source.facts(null), AuditedCaller.of(caller), deny, List.of());
            return new Admission.Refused(deny);
        }
        return new Admission.Admitted(caller);
    }

    /** @param reason what is wrong with the body, without a value of it */
    void malformed(Caller caller, String reason, RequestSource source) {
        audit.record(
                source.facts(null),
                AuditedCaller.of(caller),
                new AuditOutcome.Denied(RequestProblem.LAUNCH_MALFORMED.code(), reason),
                List.of());
    }

    Result launch(Caller caller, LaunchRequest request, RequestSource source) {
        RequestFacts facts = source.facts(request.patientId());
        Optional<Decision> decision = access.read(caller, "Patient", request.patientId());
        if (decision.isEmpty()) {
            audit.record(facts, AuditedCaller.of(caller), NOT_THERE, List.of());
            return new Result.Unknown(request.patientId());
        }
        if (decision.get() instanceof Decision.Deny deny) {
            boolean hidden = deny.code().hidesExistence();
            denials.denied(facts, AuditedCaller.of(caller), deny, hidden ? List.of(request.patientId()) : List.of());
            return hidden ? new Result.Unknown(request.patientId()) : new Result.Refused(deny);
        }
        String token = tokens.sign(caller.subject(), request);
        audit.record(
                facts,
                AuditedCaller.of(caller),
                new AuditOutcome.Granted("launch of " + request.clientId()),
                List.of(new AuditedRecord(request.patientId(), "Patient", request.patientId(), null)));
        return new Result.Launched(token);
    }

    /**
     * Where a request came from, for the audit.
     *
     * @param address network address of the client
     */
    record RequestSource(String requestId, @Nullable String address) {
        RequestFacts facts(@Nullable String patientId) {
            return new RequestFacts(requestId, AuditedInteraction.OPERATION, OPERATION, "Patient", patientId, address);
        }
    }
}
