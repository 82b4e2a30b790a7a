package eu.sinusnode.server.search.values;

import ca.uhn.fhir.context.RuntimeSearchParam;
import eu.sinusnode.policy.search.ValueParameter;
import java.util.Collection;
import java.util.List;

/**
 * The search parameter {@code combo-code} of Observations (R4 Observation, "Search Parameters"): the code of the record or of
 * one of its components. Both have rows in HAPI's index of tokens by parameters of their own, so it needs none.
 */
public final class EitherCode {

    public static final String PARAMETER = "combo-code";

    /** The parameters whose rows it asks for. */
    static final List<String> PARTS = List.of("code", "component-code");

    private EitherCode() {}

    static boolean is(String resourceType, String parameter) {
        return parameter.equals(PARAMETER) && resourceType.equals(ValueParameter.TYPE);
    }

    /** Those of the parameters of Observations that have rows. */
    static List<RuntimeSearchParam> removedFrom(Collection<RuntimeSearchParam> parameters) {
        return parameters.stream()
                .filter(parameter -> !parameter.getName().equals(PARAMETER))
                .toList();
    }
}
