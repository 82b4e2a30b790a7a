package eu.sinusnode.server.rest;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** The parameters of an operation, whether they came in the URL or as Parameters in the body. */
public final class GivenParameters {

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty");

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Function<String, BaseServerResponseException> malformed;
    private final Function<Type, Optional<String>> composed;

    private GivenParameters(
            Function<String, BaseServerResponseException> malformed, Function<Type, Optional<String>> composed) {
        this.malformed = malformed;
        this.composed = composed;
    }

    /**
     * @param body null when there is none
     * @param taken names that the operation knows
     * @param lenient whether others may be passed over ({@code Prefer: handling=lenient})
     * @param malformed what answers a parameter that is not taken, or not in this form
     */
    public static GivenParameters of(
            RequestDetails request,
            @Nullable Parameters body,
            Set<String> taken,
            boolean lenient,
            Function<String, BaseServerResponseException> malformed) {
        return of(request, body, taken, lenient, malformed, none -> Optional.empty());
    }

    /** @param composed how a value of the body that is no primitive stands in a URL; empty when it is not taken */
    public static GivenParameters of(
            RequestDetails request,
            @Nullable Parameters body,
            Set<String> taken,
            boolean lenient,
            Function<String, BaseServerResponseException> malformed,
            Function<Type, Optional<String>> composed) {
        GivenParameters given = new GivenParameters(malformed, composed);
        request.getParameters().forEach((name, some) -> Stream.of(some).forEach(value -> given.add(name, value)));
        if (body != null) {
            body.getParameter().forEach(each -> given.add(String.valueOf(each.getName()), given.value(each)));
        }
        Map<String, List<String>> values = given.values;
        values.keySet().removeAll(PRESENTATION);
        values.keySet().removeIf(name -> lenient && !taken.contains(name));
        if (!taken.containsAll(values.keySet())) {
            throw malformed.apply(
                    "It takes the parameters " + String.join(", ", new TreeSet<>(taken)) + ", and no others.");
        }
        return given;
    }

    private void add(String name, String value) {
        values.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }

    private String value(ParametersParameterComponent parameter) {
        Type value = parameter.getValue();
        if (value == null) {
            throw malformed.apply("Every parameter of the body has one value.");
        }
        return value.isPrimitive()
                ? String.valueOf(value.primitiveValue())
                : composed.apply(value)
                        .orElseThrow(() -> malformed.apply("Every parameter of the body has one primitive value."));
    }

    /** Every value; empty when the parameter is not there. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Null when the parameter is not there; refused when it is there more than once. */
    public @Nullable String one(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw malformed.apply("The parameter " + name + " may be there once.");
        }
        return given.isEmpty() ? null : given.get(0);
    }

    /** By name, in the order in which they were given. */
    public Map<String, List<String>> values() {
        return values;
    }
}
