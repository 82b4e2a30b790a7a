package eu.sinusnode.server.decisions;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.disclosure.AskedCaller;
import eu.sinusnode.policy.labelling.StatedLabels;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.server.decisions.DecisionRequest.Asked;
import eu.sinusnode.server.decisions.DecisionRequest.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads the Parameters of one {@code $consent-decision}; docs/consent.md says what they are. */
final class DecisionRequestReader {

    /** How many records and types one request may ask about. */
    static final int MOST_ASKED = 100;

    /** How many drafts one request may bring. */
    static final int MOST_DRAFTS = 10;

    private static final Set<Purpose> PURPOSES =
            Set.of(Purpose.TREAT, Purpose.HPAYMT, Purpose.HOPERAT, Purpose.CAREMGT, Purpose.HRESCH);

    /** Of which Consents say nothing: the own access, and what the law has the operator do. */
    private static final Set<Purpose> BESIDE_CONSENTS = Set.of(Purpose.PATRQT, Purpose.HSYSADMIN);

    private final References references;
    private final Set<String> seen = new HashSet<>();
    private final List<Asked> asked = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();

    @Nullable
    private ParametersParameterComponent caller;

    @Nullable
    private Purpose purpose;

    @Nullable
    private Instant at;

    DecisionRequestReader(References references) {
        this.references = references;
    }

    DecisionRequest read(@Nullable IBaseResource body) {
        if (!(body instanceof Parameters parameters)) {
            throw malformed("the body is Parameters with caller, purpose, and resource or type");
        }
        for (int i = 0; i < parameters.getParameter().size(); i++) {
            read(parameters.getParameter().get(i), "Parameters.parameter[" + i + "].resource");
        }
        if (purpose == null) {
            throw malformed("purpose is missing");
        }
        if (BESIDE_CONSENTS.contains(purpose) != (caller == null)) {
            throw malformed(caller == null ? "caller is missing" : "for this purpose no caller is named");
        }
        if (asked.isEmpty() || asked.size() > MOST_ASKED) {
            throw malformed("resource and type are there 1 to " + MOST_ASKED + " times together");
        }
        if (drafts.size() > MOST_DRAFTS) {
            throw malformed("consent is there " + MOST_DRAFTS + " times at most");
        }
        return new DecisionRequest(caller == null ? null : caller(caller, purpose), purpose, at, asked, drafts);
    }

    private void read(ParametersParameterComponent each, String expression) {
        String name = String.valueOf(each.getName());
        switch (name) {
            case "caller" -> caller = once(each);
            case "purpose" -> purpose = purpose(once(each));
            case "at" -> at = at(once(each));
            case "resource" -> asked.add(new DecisionRequest.Stored(reference(each, "")));
            case "type" -> asked.add(type(each));
            case "consent" -> drafts.add(draft(each, expression));
            default -> throw malformed("it takes caller, purpose, at, resource, type and consent, and no others");
        }
    }

    private ParametersParameterComponent once(ParametersParameterComponent parameter) {
        if (!seen.add(parameter.getName())) {
            throw malformed(parameter.getName() + " is there once");
        }
        return parameter;
    }

    private AskedCaller caller(ParametersParameterComponent parameter, Purpose of) {
        String organization = null;
        String practitioner = null;
        for (ParametersParameterComponent part : parameter.getPart()) {
            if ("organization".equals(part.getName()) && organization == null) {
                organization = reference(part, "Organization/");
            } else if ("practitioner".equals(part.getName()) && practitioner == null) {
                practitioner = reference(part, "Practitioner/");
            } else {
                throw malformed("caller has the parts organization and practitioner, each once");
            }
        }
        if (organization == null) {
            throw malformed("caller has no part organization");
        }
        if (practitioner != null && of != Purpose.TREAT) {
            throw malformed("a practitioner acts for purpose TREAT alone; leave the part out");
        }
        return new AskedCaller(organization, practitioner, of);
    }

    private static Purpose purpose(ParametersParameterComponent parameter) {
        return Optional.of(parameter)
                .filter(each -> each.getValue() instanceof PrimitiveType<?>)
                .map(each -> each.getValue().primitiveValue())
                .flatMap(Purpose::ofCode)
                .filter(purpose -> PURPOSES.contains(purpose) || BESIDE_CONSENTS.contains(purpose))
                .orElseThrow(() ->
                        malformed("purpose is a code: TREAT, HPAYMT, HOPERAT, CAREMGT, HRESCH, PATRQT or HSYSADMIN"));
    }

    private static Instant at(ParametersParameterComponent parameter) {
        if (parameter.getValue() instanceof DateTimeType time
                && time.hasValue()
                && time.hasTime()
                && time.getTimeZone() != null) {
            return time.getValue().toInstant();
        }
        throw malformed("at is a dateTime with its time and offset, for example 2026-11-23T08:00:00+01:00");
    }

    private static DecisionRequest.OfType type(ParametersParameterComponent parameter) {
        String resourceType = null;
        Set<Code> codes = new LinkedHashSet<>();
        Set<Code> labels = new LinkedHashSet<>();
        Type time = null;
        for (ParametersParameterComponent part : parameter.getPart()) {
            if ("class".equals(part.getName()) && resourceType == null && part.getValue() != null) {
                resourceType = String.valueOf(part.getValue().primitiveValue());
            } else if ("code".equals(part.getName())
                    && part.getValue() instanceof Coding coding
                    && coding.hasSystem()
                    && coding.hasCode()) {
                codes.add(new Code(coding.getSystem(), coding.getCode()));
            } else if ("label".equals(part.getName())
                    && part.getValue() instanceof Coding coding
                    && StatedLabels.isKnown(StatedLabels.code(coding))) {
                labels.add(StatedLabels.code(coding));
            } else if ("time".equals(part.getName()) && time == null && tellsTime(part.getValue())) {
                time = part.getValue();
            } else {
                throw malformed(
                        "type has the parts class, a code, code, Codings with system and code, label, security labels"
                                + " that records carry here, and time, once, a dateTime or a Period");
            }
        }
        if (resourceType == null || !RecordOwners.canBePatients(resourceType)) {
            throw malformed("the part class of type is a type of which patients have records here");
        }
        if (!codes.isEmpty() && ConsentPolicy.codeParameter(resourceType).isEmpty()) {
            throw malformed("records of this type tell no code that a Consent could name; leave the part code out");
        }
        if (time != null && ConsentPolicy.timeParameter(resourceType).isEmpty()) {
            throw malformed("records of this type tell no time that a Consent could limit; leave the part time out");
        }
        return new DecisionRequest.OfType(resourceType, codes, labels, time);
    }

    private static boolean tellsTime(@Nullable Type value) {
        return value instanceof DateTimeType moment && moment.hasValue()
                || value instanceof Period period && (period.hasStart() || period.hasEnd());
    }

    private static Draft draft(ParametersParameterComponent parameter, String expression) {
        if (parameter.getResource() instanceof Consent consent) {
            return new Draft(expression, consent);
        }
        throw malformed("consent is a Consent, as resource");
    }

    /** @param type that it must be of, with its slash; empty is any */
    private String reference(ParametersParameterComponent parameter, String type) {
        return Optional.of(parameter)
                .map(each -> each.getValue() instanceof Reference reference ? reference.getReference() : null)
                .filter(literal -> !literal.contains("/_history/"))
                .flatMap(references::canonical)
                .filter(canonical -> canonical.startsWith(type))
                .map(canonical -> canonical.substring(type.length()))
                .orElseThrow(() -> malformed(parameter.getName() + " is a literal reference to a record of this server"
                        + (type.isEmpty() ? "" : ", " + type.substring(0, type.length() - 1))));
    }

    private static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.CONSENT_DECISION, what);
    }
}
