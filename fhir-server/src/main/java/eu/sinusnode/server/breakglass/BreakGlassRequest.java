package eu.sinusnode.server.breakglass;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.consent.EmergencyReason;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What {@code $break-glass} is asked for. */
sealed interface BreakGlassRequest {

    /** Characters of the words, without blanks around them. */
    int SHORTEST = 15;

    int LONGEST = 1000;

    /** @param words the reason in the clinician's own words */
    record Open(EmergencyReason reason, String words) implements BreakGlassRequest {}

    record End() implements BreakGlassRequest {}

    static BreakGlassRequest read(@Nullable IBaseResource body) {
        if (!(body instanceof Parameters parameters)) {
            throw malformed("the body is Parameters");
        }
        Map<String, Type> given = new HashMap<>();
        for (ParametersParameterComponent each : parameters.getParameter()) {
            if (each.getValue() == null || given.put(String.valueOf(each.getName()), each.getValue()) != null) {
                throw malformed("each parameter has one value and is there once");
            }
        }
        Type ended = given.remove("ended");
        if (ended != null) {
            if (ended instanceof BooleanType flag && flag.hasValue() && flag.booleanValue() && given.isEmpty()) {
                return new End();
            }
            throw malformed("ended is true, and stands alone");
        }
        Type reason = given.remove("reason");
        Type words = given.remove("text");
        if (!given.isEmpty()) {
            throw malformed("it takes reason and text, or ended, and no others");
        }
        return new Open(reason(reason), words(words));
    }

    private static EmergencyReason reason(@Nullable Type given) {
        String code = given instanceof CodeType type && type.hasValue() ? type.getValue() : "";
        return EmergencyReason.ofCode(code)
                .orElseThrow(() -> malformed("reason is a code: ETREAT for emergency treatment, or BTG"));
    }

    private static String words(@Nullable Type given) {
        // A subclass would be another FHIR type.
        String words = given != null && given.getClass() == StringType.class && given.hasPrimitiveValue()
                ? given.primitiveValue().strip()
                : "";
        if (words.length() < SHORTEST || words.length() > LONGEST) {
            throw malformed("text is a string of " + SHORTEST + " to " + LONGEST
                    + " characters that says why it cannot wait; the patient reads it");
        }
        return words;
    }

    private static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.BREAK_GLASS_REQUEST, what);
    }
}
