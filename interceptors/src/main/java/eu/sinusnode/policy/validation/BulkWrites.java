package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.RequestFault;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.StoredReferences;
import eu.sinusnode.policy.residency.CallerRegistration;
import eu.sinusnode.policy.validation.ReferencePolicy.Mention;
import eu.sinusnode.policy.validation.form.BodyForm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a create would be answered, for many records at once and where no request is under way any more: the same policies
 * and checks, on facts that are read anew for each portion and once for all its records.
 */
public final class BulkWrites {

    private final CallerRegistration registration;
    private final AuthorizationPolicy authorization;
    private final WriteChecks checks;
    private final BodyForm form;
    private final PermitDirectory permits;
    private final StoredRecords stored;
    private final String serverBase;
    private final TherapyPlanPolicy plans = new TherapyPlanPolicy();

    public BulkWrites(
            CallerRegistration registration,
            AuthorizationPolicy authorization,
            WriteChecks checks,
            BodyForm form,
            PermitDirectory permits,
            StoredRecords stored,
            String serverBase) {
        this.registration = registration;
        this.authorization = authorization;
        this.checks = checks;
        this.form = form;
        this.permits = permits;
        this.stored = stored;
        this.serverBase = serverBase;
    }

    /**
     * What is to be said of one record.
     *
     * @param issues for each of them it is not stored; none when it may be
     * @param denials what the audit has to know beside: by patient id, why that patient's record may not be written
     */
    public record Verdict(List<WriteIssue> issues, Map<String, Decision.Deny> denials) {
        public Verdict {
            issues = List.copyOf(issues);
            denials = Map.copyOf(denials);
        }

        public boolean isGood() {
            return issues.isEmpty();
        }
    }

    /** Whether the caller may still send data at all. */
    public Decision decideSender(Caller caller) {
        return registration.decide(caller);
    }

    /** Whether the caller may do this with records of the type at all: matrix and scope. */
    public Decision decideType(Caller caller, String resourceType, Interaction interaction) {
        return authorization.decide(caller, resourceType, interaction);
    }

    /** What a parser would leave out of a record, or take for something else; empty when all of it will be read. */
    public List<RequestFault> faults(byte[] json) {
        return form.ofJson(json, StandardCharsets.UTF_8);
    }

    /** The current version; empty when there is none. */
    public Optional<Resource> current(String resourceType, String id) {
        return stored.current(resourceType, id);
    }

    /**
     * Decides on a portion.
     *
     * @param writes creates, and updates by which a loader chooses the id
     * @param at the instant that it is decided at
     * @return in the order of the writes
     */
    public List<Verdict> check(Caller caller, List<RequestedWrite> writes, Instant at) {
        StoredReferences stands = new StoredReferences(stored, serverBase);
        References references = WriteChecks.once(writes, stands);
        PatientStandings standings = new PatientStandings(permits, caller, at);
        List<List<Mention>> mentions = writes.stream().map(checks::mentions).toList();
        WriteChecks.expect(writes, mentions.stream().flatMap(List::stream).toList(), references, stands, standings);
        List<Verdict> verdicts = new ArrayList<>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            verdicts.add(check(caller, writes.get(i), mentions.get(i), references, standings));
        }
        return verdicts;
    }

    private Verdict check(
            Caller caller,
            RequestedWrite write,
            List<Mention> mentions,
            References references,
            PatientStandings standings) {
        List<Decision> decisions = new ArrayList<>();
        decisions.add(authorization.decide(caller, write.resourceType(), write.interaction()));
        if (write.interaction() != Interaction.CREATE) {
            decisions.add(checks.decideStored(caller, write, Optional.empty(), references, standings));
        }
        decisions.add(checks.decideContent(caller, write, Optional.empty(), references, standings));
        decisions.add(plans.decide(caller, write.resource(), Optional.empty(), false));
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Deny deny) {
                return new Verdict(List.of(issue(write, deny)), Map.of());
            }
        }
        WriteChecks.Findings found = checks.find(caller, write, mentions, Optional.empty(), references, standings);
        return new Verdict(found.issues(), found.denials());
    }

    /** A refusal that hides existence says what is said of a record that does not exist. */
    private static WriteIssue issue(RequestedWrite write, Decision.Deny deny) {
        return deny.code().hidesExistence()
                ? new WriteIssue(DenialCode.REFERENCE, write.resourceType(), "the record is not known")
                : new WriteIssue(deny.code(), write.resourceType(), deny.reason());
    }
}
