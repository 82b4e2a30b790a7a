package eu.sinusnode.server.attack;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.authorization.OpenParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Conditions of a search: every search parameter of R4 with every prefix and modifier, and values of the secret. */
final class SearchConditions {

    private static final List<String> PREFIXES =
            List.of("", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap", "GT", "xx", " gt");
    private static final List<String> MODIFIERS = List.of(
            ":exact",
            ":contains",
            ":text",
            ":not",
            ":in",
            ":not-in",
            ":below",
            ":above",
            ":of-type",
            ":identifier",
            ":missing",
            ":nickname",
            ":mdm",
            ":Patient",
            ":");
    private static final Set<String> WITH_SUBJECT =
            Set.of("Observation", "Condition", "CarePlan", "Goal", "CareTeam", "DocumentReference");
    private static final Map<String, Set<String>> OPEN = OpenParameters.byType(AccessMatrix.standard());

    private final Dice dice;
    private final Map<String, List<RuntimeSearchParam>> all = new TreeMap<>();

    SearchConditions(Dice dice) {
        this.dice = dice;
    }

    /** Name and value, as they stand in no encoding. */
    Map.Entry<String, String> open(String type) {
        List<String> names = new ArrayList<>(OPEN.getOrDefault(type, Set.of("patient")));
        names.add("_id");
        names.add("_lastUpdated");
        names.sort(null);
        String name = dice.of(names);
        return Map.entry(name, value(type, name));
    }

    /** The search names the hidden patient or one of that patient's records. */
    Map.Entry<String, String> anchor(String type) {
        if (type.equals("Provenance")) {
            return Map.entry("target", dice.of("Observation/«flag»", "Observation/«bp»", "Patient/«patient»"));
        }
        if (type.equals("Patient") || dice.chance(15)) {
            return Map.entry("_id", ids(type));
        }
        String name = type.equals("Coverage")
                ? dice.of("patient", "beneficiary")
                : dice.of("patient", "patient", "subject", "subject:Patient", "patient:Patient");
        return Map.entry(
                name,
                dice.of(
                        "«patient»",
                        "Patient/«patient»",
                        "Patient/«patient»,Patient/«own»",
                        "«own»,«patient»",
                        "«base»/Patient/«patient»",
                        "Patient/«patient»/_history/1",
                        "patient/«patient»",
                        "Patient%2F«patient»",
                        "urn:uuid:«patient»",
                        "Patient/«patient»\\,Patient/«own»",
                        "RelatedPerson/«patient»"));
    }

    Map.Entry<String, String> any(String type) {
        List<RuntimeSearchParam> known = all.computeIfAbsent(type, SearchConditions::parametersOf);
        RuntimeSearchParam parameter = dice.of(known);
        String name = parameter.getName() + (dice.chance(45) ? dice.of(MODIFIERS) : "");
        return Map.entry(name, dice.chance(8) ? dice.of("true", "false", "") : value(parameter));
    }

    /** Conditions through references, in either direction. */
    Map.Entry<String, String> chained() {
        return dice.of(
                Map.entry("patient.family", "«family»"),
                Map.entry("patient:Patient.given", "«given»"),
                Map.entry("subject:Patient.birthdate", prefix() + "«birthdate»"),
                Map.entry("subject.identifier", "«kvnr»"),
                Map.entry("patient._id", "«patient»"),
                Map.entry("device.identifier", "«serial»"),
                Map.entry("patient._lastUpdated", prefix() + "«updated»"),
                Map.entry("focus:Observation.component-value-quantity", prefix() + "«systolic»"),
                Map.entry("_has:Observation:patient:component-value-quantity", prefix() + "«systolic»"),
                Map.entry("_has:Observation:subject:date", prefix() + "«effective»"),
                Map.entry("_has:Observation:patient:_id", "«bp»"),
                Map.entry("_has:Observation:patient:identifier", "«vitalId»"),
                Map.entry("_has:Observation:device:patient.family", "«family»"),
                Map.entry("_has:Observation:patient:_has:Provenance:target:_id", "«provenance»"),
                Map.entry("_has:Coverage:beneficiary:payor", "Organization/«org»"));
    }

    /** Words that stand in what is secret, and questions that are to tell by what else is found. */
    Map.Entry<String, String> words() {
        return Map.entry(
                dice.of("_text", "_content"),
                dice.of(
                        "«note»",
                        "\"«note»\"",
                        "«note» OR Walk",
                        "Walk NOT «note»",
                        "Walk OR (Walk «note»)",
                        "«note»,Walk",
                        "NOT «note»",
                        "«family» OR «given»",
                        "«systolic»",
                        "«serial»",
                        "«kvnr»",
                        "«bp» OR «patient»",
                        "«family»*",
                        "Walk",
                        "(«note»"));
    }

    /** A condition on the patient, or on another record that the type's references lead to; some are closed to some. */
    Map.Entry<String, String> openChain(String type) {
        if (type.equals("Provenance") || type.equals("Task")) {
            String reference = type.equals("Task") ? "focus:Observation." : "target:Observation.";
            Map.Entry<String, String> there = dice.chance(70) ? open("Observation") : openModifier("Observation");
            return Map.entry(reference + there.getKey(), there.getValue());
        }
        if (type.equals("Patient")) {
            return openHas(type);
        }
        String reference = WITH_SUBJECT.contains(type)
                ? dice.of("patient.", "patient:Patient.", "subject.", "subject:Patient.")
                : dice.of("patient.", "patient.", "patient:Patient.");
        if (dice.chance(15)) {
            Map.Entry<String, String> has = openHas("Patient");
            return Map.entry(reference + has.getKey(), has.getValue());
        }
        Map.Entry<String, String> there =
                dice.chance(50) ? ofPatient() : dice.chance(60) ? open("Patient") : openModifier("Patient");
        return Map.entry(reference + there.getKey(), there.getValue());
    }

    /** What the hidden patient meets. */
    private Map.Entry<String, String> ofPatient() {
        return dice.of(
                Map.entry("family", "«family»"),
                Map.entry("given", "«given»"),
                Map.entry("name:exact", "«family»"),
                Map.entry("birthdate", "«birthdate»"),
                Map.entry("identifier", "http://fhir.de/sid/gkv/kvid-10|«kvnr»"),
                Map.entry("_id", "«patient»"));
    }

    /** What one of the hidden patient's records meets. */
    private Map.Entry<String, String> toPatient() {
        return dice.of(
                Map.entry("Observation:patient:_id", "«bp»"),
                Map.entry("Observation:subject:date", "«day»"),
                Map.entry("Observation:patient:identifier", "https://sinusnode.eu/sid/vital|«vitalId»"),
                Map.entry("Device:patient:_id", "«device»"),
                Map.entry("CareTeam:patient:_id", "«team»"));
    }

    /** A condition on records that refer to the one that is searched for. */
    Map.Entry<String, String> openHas(String type) {
        if (type.equals("Patient") && dice.chance(50)) {
            Map.Entry<String, String> there = toPatient();
            return Map.entry("_has:" + there.getKey(), there.getValue());
        }
        String[] from = dice.of(
                new String[] {"Observation", "patient"},
                new String[] {"Observation", "subject"},
                new String[] {"Device", "patient"},
                new String[] {"CareTeam", "patient"},
                new String[] {"Coverage", "beneficiary"},
                new String[] {"Task", "patient"},
                new String[] {"Task", "focus"},
                new String[] {"Provenance", "target"});
        String source = type.equals("Patient") ? from[0] : dice.of("Provenance", "Task");
        String reference = type.equals("Patient") ? from[1] : source.equals("Task") ? "focus" : "target";
        Map.Entry<String, String> there = dice.chance(75) ? open(source) : openModifier(source);
        String further =
                dice.chance(10) && source.equals("Observation") ? "_has:Provenance:target:_id" : there.getKey();
        return Map.entry(
                "_has:" + source + ":" + reference + ":" + further,
                further.equals(there.getKey()) ? there.getValue() : "«provenance»");
    }

    /** A condition on values that the secret is near to, or that it meets. */
    Map.Entry<String, String> openValue() {
        String unit = dice.of("", "", "||mm[Hg]", "|http://unitsofmeasure.org|mm[Hg]", "||mmHg");
        String quantity = dice.of("", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap")
                + dice.of("«systolic»", "«diastolic»", "120", "180")
                + unit;
        return dice.chance(45)
                ? Map.entry(dice.of("value-quantity", "component-value-quantity", "combo-value-quantity"), quantity)
                : Map.entry(
                        dice.of("code-value-quantity", "component-code-value-quantity", "combo-code-value-quantity"),
                        "http://loinc.org|" + dice.of("8480-6", "8462-4", "85354-9", "8867-4") + "$" + quantity);
    }

    /** An open parameter with a modifier, mostly one that it takes. */
    Map.Entry<String, String> openModifier(String type) {
        Map.Entry<String, String> condition = open(type);
        RestSearchParameterTypeEnum kind = all.computeIfAbsent(type, SearchConditions::parametersOf).stream()
                .filter(parameter -> parameter.getName().equals(condition.getKey()))
                .findFirst()
                .map(RuntimeSearchParam::getParamType)
                .orElse(RestSearchParameterTypeEnum.SPECIAL);
        String modifier =
                switch (kind) {
                    case TOKEN -> dice.of(":not", ":not", ":missing");
                    case STRING -> dice.of(":exact", ":contains", ":missing");
                    case REFERENCE -> dice.of(":Patient", ":Observation", ":missing");
                    default -> ":missing";
                };
        return Map.entry(
                condition.getKey() + modifier,
                modifier.equals(":missing") ? dice.of("true", "false") : condition.getValue());
    }

    String openSort(String type) {
        List<String> names = new ArrayList<>(OPEN.getOrDefault(type, Set.of("date")));
        names.add("_id");
        names.add("_lastUpdated");
        names.sort(null);
        String one = dice.of("", "-") + dice.of(names);
        return dice.chance(40) ? one + "," + dice.of("", "-") + dice.of(names) : one;
    }

    Map.Entry<String, String> openInclude(String type) {
        String name = dice.of("_include", "_include:iterate", "_revinclude", "_revinclude", "_revinclude:iterate");
        if (name.startsWith("_include")) {
            String own =
                    switch (type) {
                        case "Provenance" -> "Provenance:target";
                        case "Task" -> dice.of("Task:focus", "Task:patient");
                        case "Patient" -> "Observation:patient";
                        default -> type + ":patient";
                    };
            return Map.entry(
                    name, dice.chance(85) ? own : dice.of(own + ":Patient", "Coverage:beneficiary", "Consent:patient"));
        }
        String value = dice.chance(80)
                ? dice.of("Observation:patient", "Observation:subject", "Provenance:target", "Condition:subject")
                : dice.of("Task:focus", "Task:patient", "Device:patient", "CareTeam:patient", "Coverage:patient");
        return Map.entry(name, value);
    }

    /** Parameters that every type has. */
    Map.Entry<String, String> special() {
        return dice.of(
                Map.entry("_filter", "component-value-quantity " + dice.of("gt", "lt", "eq") + " «systolic»"),
                Map.entry("_filter", "patient eq \"Patient/«patient»\" and date ge «day»"),
                Map.entry("_text", "«note»"),
                Map.entry("_content", dice.of("«note»", "«family»", "«serial»", "«systolic»")),
                Map.entry("_list", dice.of("«patient»", "$current-vitals", "$current-allergies")),
                Map.entry("_tag", "«vitalId»"),
                Map.entry("_tag:not", "«vitalId»"),
                Map.entry("_profile", "«bp»"),
                Map.entry("_security:not", "«vitalId»"),
                Map.entry("_source", "«serial»"),
                Map.entry("_type", "Observation,Patient&_id=«bp»"),
                Map.entry("_query", "«patient»"),
                Map.entry("_in", "«team»"),
                Map.entry("_at", "«effective»"),
                Map.entry("_since", "«updated»"),
                Map.entry("_pid", "«bp»"),
                Map.entry("_language", "«note»"),
                Map.entry("_typeFilter", "Observation?patient=«patient»"),
                Map.entry("_has", "Observation:patient:_id=«bp»"),
                Map.entry("_id:not", "«bp»"),
                Map.entry("_id:missing", "false"),
                Map.entry("near", "51.3|12.3|«systolic»"),
                Map.entry("$everything", "«patient»"));
    }

    String prefix() {
        return dice.of(PREFIXES);
    }

    private String ids(String type) {
        String id = HiddenPatients.placeholderOf(type);
        return dice.of(
                "«" + id + "»",
                "«" + id + "»,«own»",
                "«own»,«ownBp»,«" + id + "»",
                "«ownHr»,«" + id + "»,«ownBp»",
                type + "/«" + id + "»",
                "«bp»,«hr»,«ownBp»",
                "«" + id + "»,«" + id + "»");
    }

    private String value(String type, String name) {
        return switch (name) {
            case "_id" -> ids(type);
            case "patient", "subject", "beneficiary", "target" -> anchor(type).getValue();
            case "_lastUpdated" -> prefix() + dice.of("«updated»", "«updated»,ge«updated»");
            case "code", "combo-code", "component-code" ->
                dice.of(
                        "http://loinc.org|85354-9",
                        "http://loinc.org|8867-4",
                        "85354-9",
                        "http://loinc.org|85354-9,http://loinc.org|8867-4",
                        "http://loinc.org|",
                        "8480-6",
                        "http://loinc.org|8867-4\\,http://loinc.org|85354-9",
                        "|85354-9");
            case "category" -> dice.of("vital-signs", "risk-flag", "laboratory");
            case "status" -> dice.of("final", "preliminary", "final,preliminary", "active", "entered-in-error");
            default ->
                all.computeIfAbsent(type, SearchConditions::parametersOf).stream()
                        .filter(parameter -> parameter.getName().equals(name))
                        .findFirst()
                        .map(this::value)
                        // What R4 lacks and ISiK asks for are times of stays and related diagnoses.
                        .orElseGet(() -> dice.of(prefix() + "«day»", "Condition/«condition»"));
        };
    }

    private String value(RuntimeSearchParam parameter) {
        return switch (parameter.getParamType()) {
            case DATE ->
                prefix()
                        + dice.of(
                                "«effective»",
                                "«day»",
                                "«month»",
                                "«second»",
                                "«birthdate»",
                                "«updated»",
                                "«second»+01:00");
            case QUANTITY ->
                prefix() + "«systolic»" + dice.of("", "|http://unitsofmeasure.org|mm[Hg]", "||mm[Hg]", "||mmHg", "|");
            case NUMBER -> prefix() + dice.of("«systolic»", "«diastolic»");
            case STRING -> dice.of("«family»", "«given»", "«note»", "«family» «given»", "«family»,«given»");
            case TOKEN ->
                dice.of(
                        "https://sinusnode.eu/sid/vital|«vitalId»",
                        "«vitalId»",
                        "|«vitalId»",
                        "http://fhir.de/sid/gkv/kvid-10|«kvnr»",
                        "«kvnr»",
                        "«serial»",
                        "http://loinc.org|85354-9");
            case COMPOSITE ->
                dice.of(
                        "http://loinc.org|8480-6$" + prefix() + "«systolic»",
                        "8462-4$" + prefix() + "«diastolic»||mm[Hg]",
                        "85354-9$" + prefix() + "«effective»");
            case REFERENCE ->
                dice.of(
                        "Patient/«patient»",
                        "«patient»",
                        "Observation/«bp»",
                        "Observation/«flag»",
                        "Device/«device»",
                        "DocumentReference/«document»",
                        "«bp»,«ownBp»");
            case URI -> "urn:uuid:«bp»";
            default -> "«patient»";
        };
    }

    private static List<RuntimeSearchParam> parametersOf(String type) {
        return FhirContext.forR4Cached().getResourceDefinition(type).getSearchParams().stream()
                .filter(parameter -> parameter.getParamType() != RestSearchParameterTypeEnum.HAS)
                .sorted((one, other) -> one.getName().compareTo(other.getName()))
                .toList();
    }
}
