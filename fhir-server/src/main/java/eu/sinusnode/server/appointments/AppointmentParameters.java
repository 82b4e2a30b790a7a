package eu.sinusnode.server.appointments;

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
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What an operation on appointments was sent: each parameter one value, and once. */
record AppointmentParameters(Map<String, Type> given) {

    static final String OVERLAP = "overlap";

    private static final String ACCEPTED = "accepted";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,17}");

    static AppointmentParameters read(@Nullable IBaseResource body, Set<String> names) {
        if (!(body instanceof Parameters parameters)) {
            throw malformed("the body is Parameters");
        }
        Map<String, Type> given = new HashMap<>();
        for (ParametersParameterComponent each : parameters.getParameter()) {
            String name = String.valueOf(each.getName());
            if (!names.contains(name) || each.getValue() == null || given.put(name, each.getValue()) != null) {
                throw malformed(
                        "it takes " + String.join(", ", names.stream().sorted().toList())
                                + ", each with one value and once, and no others");
            }
        }
        return new AppointmentParameters(given);
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    /** The id in a relative Reference to a record of the type. */
    String reference(String name, String type) {
        if (given.get(name) instanceof Reference reference && reference.hasReference()) {
            String[] parts = reference.getReference().split("/", -1);
            if (parts.length == 2
                    && parts[0].equals(type)
                    && ID.matcher(parts[1]).matches()) {
                return parts[1];
            }
        }
        throw malformed(name + " is a Reference: " + type + "/[id]");
    }

    /** The {@code meta.versionId} of what was looked at. */
    String version(String name) {
        if (given.get(name) instanceof IdType version
                && VERSION.matcher(String.valueOf(version.getIdPart())).matches()) {
            return version.getIdPart();
        }
        throw malformed(name + " is an id: meta.versionId of what was looked at");
    }

    /** One of the codes, or the other one when none is given. */
    String code(String name, Set<String> codes, String otherwise) {
        Type value = given.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof CodeType code && codes.contains(String.valueOf(code.getValue()))) {
            return code.getValue();
        }
        throw malformed(name + " is one of the codes "
                + String.join(", ", codes.stream().sorted().toList()));
    }

    /** Whether another appointment of the patient at the same time is meant to stay. */
    boolean overlaps() {
        return code(OVERLAP, Set.of(ACCEPTED), "").equals(ACCEPTED);
    }

    static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.APPOINTMENT_REQUEST, what);
    }
}
