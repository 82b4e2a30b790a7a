package eu.sinusnode.server.decisions;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.disclosure.ConsentDecisions;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.policy.disclosure.Explanation;
import eu.sinusnode.policy.disclosure.WhatIf;
import eu.sinusnode.policy.minimisation.Masking;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.RecordLabels;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.server.projection.CareTeamMembers;
import eu.sinusnode.server.storage.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;

/**
 * {@code POST [base]/Patient/[id]/$consent-decision}: whether somebody would be given the patient's records by reading
 * them, and why, for records that are stored and such that are not, and by drafts of Consents too. For the patient, who
 * represents the patient, and auditors. Nothing is stored, and nothing is told of what a record says.
 */
public final class ConsentDecisionOperation {

    static final String NAME = "$consent-decision";

    private final ConsentDecisions decisions;
    private final Drafts drafts;
    private final StoredRecords stored;
    private final DisclosureGate gate;
    private final RequestScope scope;
    private final int smallestGroup;

    ConsentDecisionOperation(
            ConsentDecisions decisions,
            CareTeamMembers teams,
            StoredRecords stored,
            DisclosureGate gate,
            RequestScope scope,
            int smallestGroup) {
        this.smallestGroup = smallestGroup;
        this.decisions = decisions;
        this.drafts = new Drafts(decisions, teams);
        this.stored = stored;
        this.gate = gate;
        this.scope = scope;
    }

    @Operation(name = NAME, type = Patient.class)
    public Parameters decide(@IdParam IdType patient, RequestDetails request) {
        String id = patient.getIdPart();
        boolean oversees = CurrentCaller.require(request).kind() == CallerKind.AUDITOR;
        requirePatient(request, id, oversees);
        DecisionRequest asked = new DecisionRequestReader(scope.references(request)).read(request.getResource());
        if (oversees && !asked.drafts().isEmpty() && asked.asksForRecords()) {
            throw Denials.problem(
                    RequestProblem.CONSENT_DECISION,
                    "who oversees asks about a consent with type and not with resource: a draft that names a code would tell"
                            + " whether the record carries it");
        }
        scope.references(request).expect(asked.records());
        List<WhatIf> whatIfs = drafts.compile(asked.drafts(), id, request, scope.references(request));
        List<RecordFacts> records = asked.asked().stream()
                .map(each -> facts(request, each, id, oversees))
                .toList();
        Instant at = asked.at() == null ? scope.standings(request).at() : asked.at();
        List<Explanation> explanations = asked.caller() == null
                ? decisions.explainBeside(asked.purpose(), id, records, at)
                : decisions.explain(asked.caller(), id, records, whatIfs, at);
        Masking masking = new Masking(at, Zone.OF_DATES);
        DecisionAnswer answer = new DecisionAnswer(asked.purpose(), at, smallestGroup);
        for (int i = 0; i < explanations.size(); i++) {
            answer.add(asked.asked().get(i), masked(request, asked, i, explanations.get(i), masking));
        }
        answer.note(request, id);
        return answer.parameters();
    }

    /** What is permitted for a purpose that masks may be a record of which nothing is left. */
    private Explanation masked(
            RequestDetails request, DecisionRequest asked, int number, Explanation explained, Masking masking) {
        boolean nothing = explained.permitted()
                && Masking.masks(asked.purpose())
                && asked.asked().get(number) instanceof DecisionRequest.Stored record
                && scope.references(request)
                        .find(record.path())
                        .filter(masking::leavesNothingOf)
                        .isPresent();
        return nothing ? explained.nothingLeft() : explained;
    }

    /** Of another patient than the own one nothing is told, not even that there is such a one. */
    private void requirePatient(RequestDetails request, String id, boolean oversees) {
        Caller caller = CurrentCaller.require(request);
        if (!oversees && !id.equals(caller.patientId())) {
            throw DenialLedger.refuse(
                    request,
                    new Decision.Deny(DenialCode.COMPARTMENT, "who asks what Consents say asks for the own record"),
                    id);
        }
        // The token alone does not say that a representative still is one.
        stored.current("Patient", id)
                .filter(record -> oversees || gate.mayHave(request, record))
                .orElseThrow(() -> Denials.unknown("Patient/" + id));
    }

    private RecordFacts facts(RequestDetails request, DecisionRequest.Asked asked, String patientId, boolean oversees) {
        if (asked instanceof DecisionRequest.OfType type) {
            return new RecordFacts(
                            type.resourceType(),
                            new Ownership.OfPatients(Set.of(patientId)),
                            type.codes(),
                            type.validity(),
                            false)
                    .labelled(RecordLabels.of(type.labels(), type.codes()));
        }
        String path = ((DecisionRequest.Stored) asked).path();
        RecordFactsReader reader = new RecordFactsReader(scope.references(request));
        return scope.references(request)
                .find(path)
                .filter(record -> isOf(reader.read(record), patientId))
                .filter(record -> oversees || gate.mayHave(request, record))
                .map(reader::read)
                .orElseThrow(() -> Denials.unknown(path));
    }

    private static boolean isOf(RecordFacts facts, String patientId) {
        return facts.ownership() instanceof Ownership.OfPatients owners
                && owners.patientIds().equals(Set.of(patientId));
    }
}
