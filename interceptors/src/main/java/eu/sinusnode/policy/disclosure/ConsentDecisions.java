package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Opening;
import eu.sinusnode.policy.consent.Openings;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.residency.CallerRegistration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Consent;

/**
 * What a read would be answered, and why, for somebody who does not call: the same policies on the same tables, and on
 * drafts of Consents as if they were stored. It says nothing of what a record says.
 */
public final class ConsentDecisions {

    private final CallerRegistration registration;
    private final DisclosurePolicy disclosure;
    private final PermitDirectory permits;
    private final Openings openings;
    private final ConsentCompiler compiler;

    public ConsentDecisions(
            CallerRegistration registration,
            DisclosurePolicy disclosure,
            PermitDirectory permits,
            Openings openings,
            ConsentCompiler compiler) {
        this.registration = registration;
        this.disclosure = disclosure;
        this.permits = permits;
        this.openings = openings;
        this.compiler = compiler;
    }

    /**
     * What a draft says, by the compiler that a write of it meets.
     *
     * @param number of the draft among those of the request, from 1 on
     * @param canonical gives for a reference what it would be stored as, or itself
     */
    public Compilation compile(Consent draft, int number, Function<String, String> canonical) {
        return WhatIf.compile(compiler, draft, number, canonical);
    }

    /**
     * @param records of this one patient
     * @param drafts what is asked about as if it were stored
     * @param at when the read would happen; Consents and links are those of now
     * @return one explanation for each record, in their order
     */
    public List<Explanation> explain(
            AskedCaller asked, String patientId, List<RecordFacts> records, List<WhatIf> drafts, Instant at) {
        Optional<Caller> caller =
                asked.caller(registration.country(asked.organizationId()).orElse(""));
        if (caller.isEmpty()) {
            return records.stream()
                    .map(record -> new Explanation(false, Explanation.Rule.NOBODY_ACTS, null, null))
                    .toList();
        }
        Standing standing = standing(caller.get(), asked, patientId, drafts, at);
        boolean admitted = registration.decide(caller.get()) instanceof Decision.Permit;
        return records.stream()
                .map(record -> disclosure.explain(caller.get(), record, standing, at))
                .map(explained -> admitted ? explained : explained.notAdmitted())
                .toList();
    }

    /**
     * What is given beside the Consents: the own record for {@link Purpose#PATRQT}; for {@link Purpose#HSYSADMIN}, by which
     * duties are carried out, none.
     *
     * @param records of this one patient
     * @return one explanation for each record, in their order
     */
    public List<Explanation> explainBeside(Purpose purpose, String patientId, List<RecordFacts> records, Instant at) {
        if (purpose != Purpose.PATRQT) {
            return records.stream()
                    .map(record -> new Explanation(false, Explanation.Rule.LEGAL_DUTY, null, null))
                    .toList();
        }
        Caller patient = AskedCaller.patient(patientId);
        Standing standing = new Standing(patientId, true, List.of());
        return records.stream()
                .map(record -> disclosure.explainOwn(patient, record, standing, at))
                .toList();
    }

    private Standing standing(Caller caller, AskedCaller asked, String patientId, List<WhatIf> drafts, Instant at) {
        boolean related = permits.relatedAmong(
                        Set.of(patientId), asked.organizationId(), caller.kind().relationship(), at)
                .contains(patientId);
        List<Directive> directives =
                new ArrayList<>(permits.directivesOf(Set.of(patientId), asked.organizationId(), asked.purpose(), at));
        for (WhatIf draft : drafts) {
            directives.removeIf(directive -> directive.consentId().equals(draft.replaces()));
            directives.addAll(draft.directives());
        }
        Opening opening = openings.of(Set.of(patientId), caller, at).get(patientId);
        boolean restricted = !permits.restrictedAmong(Set.of(patientId)).isEmpty();
        return new Standing(patientId, related, directives, opening, restricted);
    }
}
