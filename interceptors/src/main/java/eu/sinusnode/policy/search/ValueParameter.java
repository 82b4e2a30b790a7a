package eu.sinusnode.policy.search;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The search parameters that ask for values of Observations (R4 Observation, "Search Parameters"). One of two parts also
 * says what the value is of, and both have to hold for the same value: a diastolic pressure is not found by how high the
 * systolic one is.
 */
public enum ValueParameter {
    VALUE_QUANTITY("value-quantity", false, Place.RECORD),
    COMPONENT_VALUE_QUANTITY("component-value-quantity", false, Place.COMPONENT),
    COMBO_VALUE_QUANTITY("combo-value-quantity", false, Place.RECORD, Place.COMPONENT),
    CODE_VALUE_QUANTITY("code-value-quantity", true, Place.RECORD),
    COMPONENT_CODE_VALUE_QUANTITY("component-code-value-quantity", true, Place.COMPONENT),
    COMBO_CODE_VALUE_QUANTITY("combo-code-value-quantity", true, Place.RECORD, Place.COMPONENT);

    /** Where a value stands. */
    public enum Place {
        RECORD,
        COMPONENT
    }

    /** The resource type that has them. */
    public static final String TYPE = "Observation";

    private static final Set<String> NAMES =
            Arrays.stream(values()).map(ValueParameter::parameter).collect(Collectors.toUnmodifiableSet());

    private final String parameter;
    private final boolean coded;
    private final Set<Place> places;

    ValueParameter(String parameter, boolean coded, Place... places) {
        this.parameter = parameter;
        this.coded = coded;
        this.places = Set.of(places);
    }

    public static Optional<ValueParameter> of(String resourceType, String parameter) {
        return resourceType.equals(TYPE)
                ? Arrays.stream(values())
                        .filter(each -> each.parameter.equals(parameter))
                        .findFirst()
                : Optional.empty();
    }

    public static Set<String> names() {
        return NAMES;
    }

    public String parameter() {
        return parameter;
    }

    /** Whether its values are {@code system|code$quantity}; else they are quantities. */
    public boolean isCoded() {
        return coded;
    }

    public Set<Place> places() {
        return places;
    }
}
