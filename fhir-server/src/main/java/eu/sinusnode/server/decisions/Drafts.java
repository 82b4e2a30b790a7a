package eu.sinusnode.server.decisions;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.TeamActors;
import eu.sinusnode.policy.disclosure.ConsentDecisions;
import eu.sinusnode.policy.disclosure.WhatIf;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.validation.WriteIssue;
import eu.sinusnode.server.decisions.DecisionRequest.Draft;
import eu.sinusnode.server.projection.CareTeamMembers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/** Consents that are asked about as if they were stored; what a write of them would be refused for is refused here. */
final class Drafts {

    private final ConsentDecisions decisions;
    private final CareTeamMembers teams;

    Drafts(ConsentDecisions decisions, CareTeamMembers teams) {
        this.decisions = decisions;
        this.teams = teams;
    }

    /** In the order of the drafts, all of which are the patient's. */
    List<WhatIf> compile(List<Draft> drafts, String patientId, RequestDetails request, References references) {
        List<WhatIf> compiled = new ArrayList<>();
        List<OperationOutcomeIssueComponent> refused = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Draft draft : drafts) {
            requireOf(patientId, draft, references);
            String id = draft.consent().getIdElement().getIdPart();
            if (id != null && !ids.add(id)) {
                throw Denials.problem(RequestProblem.CONSENT_DECISION, "each consent has an id of its own, or none");
            }
            Compilation compilation =
                    decisions.compile(draft.consent(), compiled.size() + refused.size() + 1, reference -> references
                            .canonical(reference)
                            .orElse(reference));
            if (compilation instanceof Compilation.Refused fault) {
                refused.add(new WriteIssue(DenialCode.CONSENT_WRITE, fault.path(), fault.reason())
                        .toIssue(draft.expression()));
            } else {
                compiled.add(new WhatIf(
                        id,
                        TeamActors.resolved(
                                ((Compilation.Compiled) compilation).directives(), team -> teams.of(patientId, team))));
            }
        }
        if (!refused.isEmpty()) {
            DenialLedger.note(
                    request,
                    new Decision.Deny(
                            DenialCode.CONSENT_WRITE, "a draft was refused: " + DenialCode.CONSENT_WRITE.meaning()),
                    patientId);
            throw Denials.unprocessable(refused);
        }
        return compiled;
    }

    private static void requireOf(String patientId, Draft draft, References references) {
        boolean own = Optional.ofNullable(draft.consent().getPatient().getReference())
                .flatMap(references::canonical)
                .filter(("Patient/" + patientId)::equals)
                .isPresent();
        if (!own) {
            throw Denials.problem(RequestProblem.CONSENT_DECISION, "the patient of a consent is the one in the path");
        }
    }
}
