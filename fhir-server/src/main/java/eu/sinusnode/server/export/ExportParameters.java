package eu.sinusnode.server.export;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.jspecify.annotations.Nullable;

/** The parameters of a kick-off, whether they came in the URL or as Parameters in the body. */
record ExportParameters(Map<String, List<String>> values) {

    private static final Set<String> TAKEN = Set.of("_outputFormat", "_since", "_type", "_typeFilter", "_until");
    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty");

    /**
     * @param body null when there is none
     * @param lenient whether what is not taken may be passed over ({@code Prefer: handling=lenient})
     * @throws InvalidRequestException for a parameter that is not taken, or not in this form
     */
    static ExportParameters of(RequestDetails request, @Nullable Parameters body, boolean lenient) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        request.getParameters().forEach((name, some) -> Stream.of(some)
                .forEach(value ->
                        values.computeIfAbsent(name, none -> new ArrayList<>()).add(value)));
        if (body != null) {
            body.getParameter()
                    .forEach(each -> values.computeIfAbsent(String.valueOf(each.getName()), none -> new ArrayList<>())
                            .add(value(each)));
        }
        values.keySet().removeAll(PRESENTATION);
        values.keySet().removeIf(name -> lenient && !TAKEN.contains(name));
        if (!TAKEN.containsAll(values.keySet())) {
            throw ExportProblems.malformed(
                    "An export takes the parameters _outputFormat, _since, _type, _typeFilter and _until, and no others.");
        }
        return new ExportParameters(values);
    }

    private static String value(ParametersParameterComponent parameter) {
        if (parameter.getValue() == null || !parameter.getValue().isPrimitive()) {
            throw ExportProblems.malformed("Every parameter of the body has one primitive value.");
        }
        return String.valueOf(parameter.getValue().primitiveValue());
    }

    /** Every value; empty when the parameter is not there. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** @throws InvalidRequestException when it is there more than once */
    @Nullable
    String one(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw ExportProblems.malformed("The parameter " + name + " may be there once.");
        }
        return given.isEmpty() ? null : given.get(0);
    }
}
