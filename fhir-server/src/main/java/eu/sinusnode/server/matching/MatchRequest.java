package eu.sinusnode.server.matching;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param patient what is known of the person; it need not be complete, nor conform to a profile
 * @param onlyCertain whether one certain match is wanted, or none
 * @param count how many matches at most
 */
record MatchRequest(Patient patient, boolean onlyCertain, int count) {

    private static final int MOST_OF_A_KIND = 20;
    private static final int LONGEST_NAME = 200;

    /** Reads a Patient, or Parameters with one and the two settings beside it. */
    record Reader(int usualCount, int mostCount) {

        MatchRequest read(RequestDetails request) {
            MatchRequest asked = read(request.getResource());
            Patient patient = asked.patient();
            if (Stream.of(patient.getIdentifier(), patient.getName(), patient.getAddress())
                    .anyMatch(elements -> elements.size() > MOST_OF_A_KIND)) {
                throw malformed("the Patient has more than " + MOST_OF_A_KIND + " identifiers, names or addresses");
            }
            if (patient.getName().stream().anyMatch(name -> length(name) > LONGEST_NAME)) {
                throw malformed("a name has more than " + LONGEST_NAME + " characters");
            }
            return asked;
        }

        private static int length(HumanName name) {
            return Stream.concat(Stream.of(name.getFamilyElement()), name.getGiven().stream())
                    .map(PrimitiveType::getValueAsString)
                    .filter(Objects::nonNull)
                    .mapToInt(String::length)
                    .sum();
        }

        private MatchRequest read(@Nullable IBaseResource body) {
            if (body instanceof Patient patient) {
                return new MatchRequest(patient, false, usualCount);
            }
            if (body instanceof Parameters parameters) {
                return read(parameters);
            }
            throw malformed("the body is a Patient, or Parameters with one as resource");
        }

        private MatchRequest read(Parameters parameters) {
            Patient patient = null;
            boolean onlyCertain = false;
            int count = usualCount;
            Set<String> seen = new HashSet<>();
            for (ParametersParameterComponent each : parameters.getParameter()) {
                String name = String.valueOf(each.getName());
                if (!seen.add(name)) {
                    throw malformed("each parameter may be there once");
                }
                switch (name) {
                    case "resource" -> patient = patient(each);
                    case "onlyCertainMatches" -> onlyCertain = onlyCertain(each);
                    case "count" -> count = count(each);
                    default -> throw malformed("it takes resource, onlyCertainMatches and count, and no others");
                }
            }
            if (patient == null) {
                throw malformed("resource is missing: a Patient with what is known of the person");
            }
            return new MatchRequest(patient, onlyCertain, count);
        }

        private static Patient patient(ParametersParameterComponent parameter) {
            if (parameter.getResource() instanceof Patient patient) {
                return patient;
            }
            throw malformed("resource is a Patient");
        }

        private static boolean onlyCertain(ParametersParameterComponent parameter) {
            if (parameter.getValue() instanceof BooleanType flag && flag.hasValue()) {
                return flag.booleanValue();
            }
            throw malformed("onlyCertainMatches is a boolean");
        }

        private int count(ParametersParameterComponent parameter) {
            Integer value = parameter.getValue() instanceof IntegerType number ? number.getValue() : null;
            return Math.min(positive(value), mostCount);
        }

        private static int positive(@Nullable Integer value) {
            if (value == null || value < 1) {
                throw malformed("count is an integer, 1 at least");
            }
            return value;
        }

        private static BaseServerResponseException malformed(String what) {
            return Denials.problem(RequestProblem.MATCH_REQUEST, what);
        }
    }
}
