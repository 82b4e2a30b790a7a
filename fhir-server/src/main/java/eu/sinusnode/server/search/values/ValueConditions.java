package eu.sinusnode.server.search.values;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import ca.uhn.fhir.rest.param.QuantityOrListParam;
import ca.uhn.fhir.rest.param.QuantityParam;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.search.ValueCondition;
import eu.sinusnode.policy.search.ValueParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.SearchParameter;

/** Conditions on the values of Observations, as HAPI's search of our index of values. */
public final class ValueConditions {

    private ValueConditions() {}

    /** The parameters that are indexed in the place of {@link ValueParameter}s. */
    public static List<SearchParameter> indexed() {
        return List.of(ValueIndex.definition());
    }

    /** Adds what a search asks of values. */
    public static void add(SearchParameterMap search, String resourceType, Map<String, List<String>> parameters) {
        parameters.forEach((name, occurrences) -> ValueParameter.of(resourceType, name)
                .ifPresent(parameter -> occurrences.forEach(
                        occurrence -> search.add(ValueIndex.PARAMETER, alternatives(parameter, occurrence)))));
    }

    /** The other conditions of a search. */
    public static Map<String, List<String>> others(String resourceType, Map<String, List<String>> parameters) {
        Map<String, List<String>> others = new HashMap<>(parameters);
        if (resourceType.equals(ValueParameter.TYPE)) {
            others.keySet().removeAll(ValueParameter.names());
        }
        return others;
    }

    private static QuantityOrListParam alternatives(ValueParameter parameter, String occurrence) {
        ValueCondition.Reading reading = ValueCondition.read(parameter, occurrence);
        if (reading instanceof ValueCondition.Reading.Refused refused) {
            throw Denials.problem(RequestProblem.VALUE_MALFORMED, refused.reason());
        }
        QuantityOrListParam alternatives = new QuantityOrListParam();
        for (ValueCondition condition : ((ValueCondition.Reading.Read) reading).alternatives()) {
            ValueIndex.asked(parameter, condition)
                    .forEach(asked -> alternatives.add(new QuantityParam(
                            prefix(condition.comparison()), condition.number(), asked.unit(), asked.subject())));
        }
        return alternatives;
    }

    private static ParamPrefixEnum prefix(ValueCondition.Comparison comparison) {
        return switch (comparison) {
            case EQ -> ParamPrefixEnum.EQUAL;
            case NE -> ParamPrefixEnum.NOT_EQUAL;
            case GT -> ParamPrefixEnum.GREATERTHAN;
            case LT -> ParamPrefixEnum.LESSTHAN;
            case GE -> ParamPrefixEnum.GREATERTHAN_OR_EQUALS;
            case LE -> ParamPrefixEnum.LESSTHAN_OR_EQUALS;
            case AP -> ParamPrefixEnum.APPROXIMATE;
        };
    }
}
