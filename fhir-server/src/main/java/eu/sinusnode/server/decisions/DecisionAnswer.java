package eu.sinusnode.server.decisions;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.disclosure.Explanation;
import eu.sinusnode.policy.disclosure.LegalBasis;
import eu.sinusnode.policy.disclosure.WhatIf;
import eu.sinusnode.policy.minimisation.Delivery;
import eu.sinusnode.policy.minimisation.Masking;
import eu.sinusnode.policy.minimisation.Masking.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** The answer as it is made: {@code at}, and one {@code decision} for each thing that was asked about, in that order. */
final class DecisionAnswer {

    private final Purpose purpose;
    private final int smallestGroup;
    private final Parameters parameters = new Parameters();
    private final Set<Directive> named = new LinkedHashSet<>();

    /** @param smallestGroup of fewer patients, nobody is told in a masked form */
    DecisionAnswer(Purpose purpose, Instant at, int smallestGroup) {
        this.purpose = purpose;
        this.smallestGroup = smallestGroup;
        parameters.addParameter("at", new InstantType(Date.from(at)));
    }

    Parameters parameters() {
        return parameters;
    }

    void add(DecisionRequest.Asked asked, Explanation explained) {
        ParametersParameterComponent decision = parameters.addParameter().setName("decision");
        if (asked instanceof DecisionRequest.Stored stored) {
            decision.addPart().setName("resource").setValue(new Reference(stored.path()));
        } else {
            add(decision, (DecisionRequest.OfType) asked);
        }
        boolean masked = explained.permitted() && Masking.masks(purpose);
        decision.addPart()
                .setName("outcome")
                .setValue(masked ? new CodeType("masked") : outcome(explained.permitted()));
        if (masked) {
            mask(decision, type(asked));
        }
        decision.addPart()
                .setName("rule")
                .setValue(new CodeType(explained.rule().name()));
        LegalBasis basis = explained.rule().basis();
        ParametersParameterComponent law = decision.addPart().setName("legal-basis");
        law.addPart().setName("rule").setValue(new CodeType(basis.name()));
        basis.articles().forEach(article -> law.addPart().setName("article").setValue(new StringType(article)));
        if (explained.related() != null) {
            decision.addPart().setName("relationship").setValue(outcome(explained.related()));
        }
        if (explained.until() != null) {
            decision.addPart().setName("until").setValue(new InstantType(Date.from(explained.until())));
        }
        Directive by = explained.by();
        if (by != null) {
            named.add(by);
            Optional<Integer> draft = WhatIf.number(by);
            if (draft.isPresent()) {
                decision.addPart().setName("draft").setValue(new PositiveIntType(draft.get()));
            } else {
                decision.addPart().setName("consent").setValue(new Reference("Consent/" + by.consentId()));
                decision.addPart().setName("version").setValue(new IdType(String.valueOf(by.consentVersion())));
            }
            decision.addPart().setName("provision").setValue(new StringType("Consent." + by.provision()));
        }
        decision.addPart().setName("text-de").setValue(text(DecisionInWords.GERMAN, asked, explained));
        decision.addPart().setName("text-en").setValue(text(DecisionInWords.ENGLISH, asked, explained));
    }

    private StringType text(DecisionInWords words, DecisionRequest.Asked asked, Explanation explained) {
        String said = words.say(explained, purpose);
        boolean masked = explained.permitted() && Masking.masks(purpose);
        return new StringType(masked ? said + " " + words.conditions(type(asked), smallestGroup) : said);
    }

    private static String type(DecisionRequest.Asked asked) {
        return asked instanceof DecisionRequest.OfType type
                ? type.resourceType()
                : new IdType(((DecisionRequest.Stored) asked).path()).getResourceType();
    }

    /** By which rule it is masked, what is left of a record of the type, and what has to be so for it to leave. */
    private void mask(ParametersParameterComponent decision, String resourceType) {
        ParametersParameterComponent masking = decision.addPart().setName("masking");
        masking.addPart().setName("rule").setValue(new CodeType(Delivery.PSEUDONYMISED.name()));
        Masking.left(resourceType)
                .forEach(element -> masking.addPart().setName("left").setValue(new StringType(element)));
        for (Condition condition : Condition.values()) {
            ParametersParameterComponent part = masking.addPart().setName("condition");
            part.addPart().setName("rule").setValue(new CodeType(condition.name()));
            if (condition == Condition.SMALL_GROUPS) {
                part.addPart().setName("smallest-group").setValue(new PositiveIntType(smallestGroup));
            }
        }
    }

    private static void add(ParametersParameterComponent decision, DecisionRequest.OfType asked) {
        ParametersParameterComponent type = decision.addPart().setName("type");
        type.addPart().setName("class").setValue(new CodeType(asked.resourceType()));
        for (Code code : asked.codes()) {
            type.addPart().setName("code").setValue(new Coding(code.system(), code.code(), null));
        }
        for (Code label : asked.labels()) {
            type.addPart().setName("label").setValue(new Coding(label.system(), label.code(), null));
        }
        if (asked.time() != null) {
            type.addPart().setName("time").setValue(asked.time());
        }
    }

    private static CodeType outcome(boolean permits) {
        return new CodeType(permits ? "permit" : "deny");
    }

    /** That it was told what the patient's Consents say, and of which of them. */
    void note(RequestDetails request, String patientId) {
        List<AuditedRecord> consents = new ArrayList<>();
        named.stream()
                .filter(by -> WhatIf.number(by).isEmpty())
                .map(by -> new AuditedRecord(patientId, "Consent", by.consentId(), String.valueOf(by.consentVersion())))
                .distinct()
                .forEach(consents::add);
        if (consents.isEmpty()) {
            consents.add(new AuditedRecord(patientId, "Consent", null, null));
        }
        DisclosureLedger.note(request, AuditedInteraction.OPERATION, null, consents);
    }
}
