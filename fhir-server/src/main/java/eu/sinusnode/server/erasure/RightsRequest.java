package eu.sinusnode.server.erasure;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.narrowing.References;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The Parameters of one of the operations of this package. Each names the Patient once more than its URL does: a wrong id
 * in one of the two must erase nobody.
 */
final class RightsRequest {

    private static final String PATIENT = "patient";

    private final Map<String, Type> given;

    private RightsRequest(Map<String, Type> given) {
        this.given = given;
    }

    /** @param names the parameters that the operation takes beside {@code patient} */
    static RightsRequest read(
            @Nullable IBaseResource body, String patientId, Set<String> names, References references) {
        if (!(body instanceof Parameters parameters)) {
            throw malformed("the body is Parameters");
        }
        Map<String, Type> given = new HashMap<>();
        for (ParametersParameterComponent each : parameters.getParameter()) {
            String name = String.valueOf(each.getName());
            if (!PATIENT.equals(name) && !names.contains(name)) {
                throw malformed(
                        "it takes " + PATIENT + " and " + String.join(", ", new TreeSet<>(names)) + ", and no others");
            }
            if (each.getValue() == null || given.put(name, each.getValue()) != null) {
                throw malformed("each parameter has one value and is there once");
            }
        }
        boolean same = given.get(PATIENT) instanceof Reference reference
                && reference.hasReference()
                && references
                        .canonical(reference.getReference())
                        .filter(("Patient/" + patientId)::equals)
                        .isPresent();
        if (!same) {
            throw malformed(PATIENT + " is a reference to the Patient whom the URL names");
        }
        return new RightsRequest(given);
    }

    @Nullable
    String code(String name) {
        Type value = given.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof CodeType code && code.hasValue()) {
            return code.getValue();
        }
        throw malformed(name + " is a code");
    }

    String requiredCode(String name) {
        String code = code(name);
        if (code == null) {
            throw malformed(name + " is missing");
        }
        return code;
    }

    /** A whole day; null when it is not given. */
    @Nullable
    LocalDate day(String name) {
        Type value = given.get(name);
        if (value == null) {
            return null;
        }
        try {
            if (value instanceof DateType date) {
                return LocalDate.parse(date.getValueAsString());
            }
        } catch (DateTimeParseException notWhole) {
            throw malformed(name + " is a whole day");
        }
        throw malformed(name + " is a date");
    }

    boolean isTrue(String name) {
        Type value = given.get(name);
        if (value == null) {
            return false;
        }
        if (value instanceof BooleanType flag && flag.hasValue()) {
            return flag.booleanValue();
        }
        throw malformed(name + " is a boolean");
    }

    static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.ERASURE_REQUEST, what);
    }
}
