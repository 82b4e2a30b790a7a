package eu.sinusnode.server.signoff;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The Parameters of {@code $sign-off}.
 *
 * @param flag {@code Observation/[id]/_history/[version]} that the clinician has looked at
 * @param reason null when none is given; an override has one
 */
record SignOffRequest(
        SignOffDecision decision, IdType flag, @Nullable String reason) {

    private static final Set<String> NAMES = Set.of("decision", "flag", "version", "reason");
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,17}");
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 2_000;

    static SignOffRequest read(@Nullable IBaseResource body) {
        if (!(body instanceof Parameters parameters)) {
            throw malformed("the body is Parameters");
        }
        Map<String, Type> given = new HashMap<>();
        for (ParametersParameterComponent each : parameters.getParameter()) {
            String name = String.valueOf(each.getName());
            if (!NAMES.contains(name) || each.getValue() == null || given.put(name, each.getValue()) != null) {
                throw malformed(
                        "it takes decision, flag, version and reason, each with one value and once, and no others");
            }
        }
        SignOffDecision decision = decision(given.get("decision"));
        String reason = reason(given.get("reason"));
        if (decision == SignOffDecision.OVERRIDE && reason == null) {
            throw malformed("reason is missing: an override says why");
        }
        return new SignOffRequest(decision, flag(given.get("flag"), given.get("version")), reason);
    }

    private static SignOffDecision decision(@Nullable Type value) {
        if (value instanceof CodeType code && code.hasValue()) {
            return SignOffDecision.of(code.getValue()).orElseThrow(() -> malformed("decision is accept or override"));
        }
        throw malformed("decision is a code, accept or override");
    }

    /** The version stands beside the reference, since clients leave it out of references. */
    private static IdType flag(@Nullable Type value, @Nullable Type version) {
        if (!(value instanceof Reference reference) || !reference.hasReference()) {
            throw malformed("flag is a Reference to the flag: Observation/[id]");
        }
        IdType flag = new IdType(reference.getReference());
        if (!"Observation".equals(flag.getResourceType()) || !flag.hasIdPart()) {
            throw malformed("flag is a Reference to the flag: Observation/[id]");
        }
        if (version instanceof IdType looked
                && VERSION.matcher(looked.getIdPart() + "").matches()) {
            return new IdType("Observation", flag.getIdPart(), looked.getIdPart());
        }
        throw malformed("version is an id: meta.versionId of the flag that was looked at");
    }

    private static @Nullable String reason(@Nullable Type value) {
        if (value == null) {
            return null;
        }
        if (value instanceof StringType text && text.hasValue()) {
            String reason = text.getValue().strip();
            if (reason.length() >= SHORTEST_REASON && reason.length() <= LONGEST_REASON) {
                return reason;
            }
        }
        throw malformed("reason is a string of " + SHORTEST_REASON + " to " + LONGEST_REASON + " characters");
    }

    private static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.SIGN_OFF_REQUEST, what);
    }
}
