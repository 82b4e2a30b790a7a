package eu.sinusnode.server.search.values;

import eu.sinusnode.policy.search.ValueCondition;
import eu.sinusnode.policy.search.ValueCondition.Code;
import eu.sinusnode.policy.search.ValueCondition.Unit;
import eu.sinusnode.policy.search.ValueParameter;
import eu.sinusnode.policy.search.ValueParameter.Place;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.SearchParameter;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * How values stand in HAPI's index of quantities. HAPI joins the parts of a composite by the record, not by the component;
 * so each value has rows of its own that say where it stands and what it is of, in the column that is meant for the unit,
 * and its unit in the one that is meant for the unit's system: a row for each coding, which begins with the place. What is
 * asked without a code is found by that beginning ({@link ValuePredicateBuilder}); the six parameters need no other rows.
 */
final class ValueIndex {

    /** The one parameter in HAPI's index; no caller can name it. */
    static final String PARAMETER = "sinusnode-value";

    /** The length of HAPI's columns. */
    private static final int LONGEST = 200;
    /** Of these a subject is the place, and a blank. */
    private static final int LONGEST_KEY = LONGEST - 10;

    private static final Set<String> PLACES =
            Arrays.stream(Place.values()).map(place -> subject(place, null)).collect(Collectors.toUnmodifiableSet());

    /**
     * One row.
     *
     * @param subject where the value stands and what it is of
     * @param unit null when it has none
     */
    record Row(BigDecimal value, @Nullable String unit, String subject) {}

    /**
     * What a condition asks the index for.
     *
     * @param unit null for any
     */
    record Asked(@Nullable String unit, String subject) {}

    private ValueIndex() {}

    /** For the registry of parameters; the rows are made by {@link ObservationExtractor}, and no path is read for them. */
    static SearchParameter definition() {
        SearchParameter parameter = new SearchParameter();
        parameter.setId("SearchParameter/" + ValueParameter.TYPE + "-" + PARAMETER);
        parameter.setUrl(Canonicals.BASE + "/SearchParameter/" + ValueParameter.TYPE + "-" + PARAMETER);
        parameter.setStatus(PublicationStatus.ACTIVE);
        parameter.setName(PARAMETER).setCode(PARAMETER).setType(SearchParamType.QUANTITY);
        parameter.addBase(ValueParameter.TYPE);
        parameter.setExpression(ValueParameter.TYPE + ".value");
        return parameter;
    }

    static List<Row> rows(Observation observation) {
        List<Row> rows = new ArrayList<>();
        add(rows, Place.RECORD, observation.getCode(), observation.getValue());
        observation
                .getComponent()
                .forEach(component -> add(rows, Place.COMPONENT, component.getCode(), component.getValue()));
        return rows;
    }

    private static void add(List<Row> rows, Place place, CodeableConcept code, @Nullable Type value) {
        if (!(value instanceof Quantity quantity) || !quantity.hasValue()) {
            return;
        }
        Set<String> subjects = code.getCoding().stream()
                .filter(coding -> coding.hasCode())
                .map(coding -> subject(place, new Code(Objects.toString(coding.getSystem(), ""), coding.getCode())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (subjects.isEmpty()) {
            subjects.add(subject(place, null));
        }
        List<@Nullable String> units = units(quantity);
        subjects.forEach(subject -> units.forEach(unit -> rows.add(new Row(quantity.getValue(), unit, subject))));
    }

    /** Whether what is asked for names no code. */
    static boolean isPlace(String subject) {
        return PLACES.contains(subject);
    }

    /** Alternatives, of which a value meets the condition by one. */
    static List<Asked> asked(ValueParameter parameter, ValueCondition condition) {
        List<@Nullable String> units = units(condition.unit());
        return parameter.places().stream()
                .map(place -> subject(place, condition.code()))
                .flatMap(subject -> units.stream().map(unit -> new Asked(unit, subject)))
                .toList();
    }

    private static String subject(Place place, @Nullable Code code) {
        String stands = place.name().toLowerCase(Locale.ROOT);
        return code == null ? stands : stands + " " + fitting(code.system() + "|" + code.code());
    }

    /** UCUM is the rule, and gets one row; anything else is found with its system and without. */
    private static List<@Nullable String> units(Quantity quantity) {
        String code = quantity.hasCode() ? quantity.getCode() : quantity.getUnit();
        List<@Nullable String> units = new ArrayList<>();
        if (code == null) {
            units.add(null);
        } else if (quantity.hasCode() && Codes.UCUM.equals(quantity.getSystem())) {
            units.add(unit(Codes.UCUM, code));
        } else {
            units.add(unit("", code));
            if (quantity.hasSystem()) {
                units.add(unit(quantity.getSystem(), code));
            }
        }
        return units;
    }

    private static List<@Nullable String> units(@Nullable Unit unit) {
        List<@Nullable String> units = new ArrayList<>();
        if (unit == null) {
            units.add(null);
        } else if (unit.system() != null) {
            units.add(unit(unit.system(), unit.code()));
        } else {
            units.add(unit(Codes.UCUM, unit.code()));
            units.add(unit("", unit.code()));
        }
        return units;
    }

    private static String unit(String system, String code) {
        return fitting((Codes.UCUM.equals(system) ? "ucum" : system) + "|" + code);
    }

    private static String fitting(String key) {
        return key.length() <= LONGEST_KEY ? key : digest(key);
    }

    private static String digest(String key) {
        try {
            return "sha-256 "
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
