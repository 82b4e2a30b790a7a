package eu.sinusnode.server.attack;

import eu.sinusnode.policy.access.AccessMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Type searches, by GET and by POST, with everything that R4 and HAPI know of. */
final class SearchGrammar {

    private static final List<String> TYPES = List.of(
            "Observation",
            "Observation",
            "Observation",
            "Observation",
            "Patient",
            "Patient",
            "Device",
            "Condition",
            "CarePlan",
            "Goal",
            "CareTeam",
            "Coverage",
            "Consent",
            "Task",
            "Provenance",
            "DocumentReference",
            "AuditEvent",
            "Practitioner",
            "Organization",
            "Binary");
    private static final List<String> CLOSED_TYPES = List.of(
            "Claim", "Group", "Composition", "RelatedPerson", "Basic", "EpisodeOfCare", "Specimen", "SearchParameter");

    private final Dice dice;
    private final SearchConditions conditions;

    SearchGrammar(Dice dice) {
        this.dice = dice;
        this.conditions = new SearchConditions(dice);
    }

    /** Mostly parameters that are open, so that most of them reach the database. */
    Template next() {
        String type = dice.chance(4)
                ? dice.of(CLOSED_TYPES)
                : dice.chance(18) ? dice.of(FurtherRecords.TYPES) : dice.of(TYPES);
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        String feature;
        if (AccessMatrix.standard().prose().contains(type) && dice.chance(15)) {
            feature = "search, words";
            if (dice.chance(70)) {
                parameters.add(conditions.anchor(type));
            }
            parameters.add(conditions.words());
            if (dice.chance(20)) {
                parameters.add(conditions.open(type));
            }
        } else if (dice.chance(62)) {
            boolean chained = dice.chance(25);
            if (dice.chance(55)) {
                parameters.add(conditions.anchor(type));
            }
            // Each further condition makes it likelier that nothing is found anyway.
            for (int i = chained ? dice.between(-2, 0) : dice.between(0, 2); i >= 0; i--) {
                parameters.add(conditions.open(type));
            }
            feature = "search, open parameters";
            if (chained) {
                parameters.add(dice.chance(60) ? conditions.openChain(type) : conditions.openHas(type));
                feature = "search, chains and _has open";
            } else if (dice.chance(20)) {
                parameters.add(conditions.openModifier(type));
                feature = "search, modifiers open";
            } else if (type.equals("Observation") && dice.chance(45)) {
                parameters.add(conditions.openValue());
                feature = "search, values open";
            }
            String presented = presented(type, parameters, feature);
            feature = feature.equals("search, open parameters") ? presented : feature;
        } else {
            feature = closed(type, parameters);
            if (dice.chance(40)) {
                parameters.add(conditions.anchor(type));
            }
        }
        if (dice.chance(8)) {
            parameters.add(dice.of(parameters));
        }
        Collections.shuffle(parameters, new java.util.Random(dice.between(0, 1 << 30)));
        return request(feature, type, parameters);
    }

    private String presented(String type, List<Map.Entry<String, String>> parameters, String feature) {
        String seen = feature;
        if (dice.chance(25)) {
            parameters.add(Map.entry("_sort", conditions.openSort(type)));
            seen = "search, _sort open";
        }
        if (dice.chance(25)) {
            parameters.add(Map.entry("_count", dice.of("1", "2", "500", "100000", "0", "-1")));
            seen = "search, _count";
        }
        if (dice.chance(15)) {
            parameters.add(dice.of(
                    Map.entry("_total", "accurate"),
                    Map.entry("_total", "estimate"),
                    Map.entry("_total", "none"),
                    Map.entry("_summary", "count"),
                    Map.entry("_summary", dice.of("true", "text", "data")),
                    Map.entry("_elements", dice.of("id", "value", "status,subject", "text")),
                    Map.entry("_count", "0")));
            seen = "search, totals open";
        }
        if (dice.chance(25)) {
            for (int i = dice.between(0, 1); i >= 0; i--) {
                parameters.add(conditions.openInclude(type));
            }
            seen = "search, includes open";
        }
        if (dice.chance(5)) {
            parameters.add(Map.entry(dice.of("_format", "_pretty"), dice.of("json", "xml", "true", "html", "ttl")));
        }
        return seen;
    }

    private String closed(String type, List<Map.Entry<String, String>> parameters) {
        switch (dice.between(0, 9)) {
            case 0, 1, 2 -> {
                parameters.add(conditions.any(type));
                return "search, every parameter and modifier";
            }
            case 3 -> {
                parameters.add(conditions.chained());
                return "search, chains and _has";
            }
            case 4 -> {
                parameters.add(conditions.special());
                return "search, _filter _text _content _list and others";
            }
            case 5 -> {
                parameters.add(conditions.open(type));
                parameters.add(Map.entry(
                        dice.of(
                                "_include",
                                "_revinclude",
                                "_include:iterate",
                                "_revinclude:iterate",
                                "_include:recurse"),
                        dice.of(
                                "*",
                                "Observation:*",
                                "Observation:device",
                                "Observation:patient",
                                "Provenance:target")));
                return "search, _include and _revinclude";
            }
            case 6 -> {
                parameters.add(conditions.open(type));
                parameters.add(Map.entry(
                        "_sort",
                        dice.of(
                                "component-value-quantity",
                                "-value-quantity",
                                "code-value-quantity",
                                "family",
                                "-birthdate",
                                "patient.family",
                                "device",
                                "_score",
                                "_id,component-value-quantity",
                                "_lastUpdated&_id=«bp»")));
                return "search, _sort closed";
            }
            case 7 -> {
                parameters.add(conditions.open(type));
                parameters.add(Map.entry(
                        dice.of("_total", "_summary", "_elements", "_contained", "_containedType", "_maxresults"),
                        dice.of("accurate", "estimate", "none", "count", "true", "data", "text", "component", "both")));
                return "search, _total _summary _elements";
            }
            case 8 -> {
                Map.Entry<String, String> open = conditions.open(type);
                parameters.add(Map.entry(twisted(open.getKey()), open.getValue()));
                return "search, twisted names";
            }
            default -> {
                parameters.add(Map.entry("_getpages", dice.of("«page»", "«page»,«page»")));
                parameters.add(Map.entry("_getpagesoffset", dice.of("0", "1", "1000")));
                return "search, pages in a search";
            }
        }
    }

    private String twisted(String name) {
        return switch (dice.between(0, 7)) {
            case 0 -> name.toUpperCase(java.util.Locale.ROOT);
            case 1 -> name + " ";
            case 2 -> name + "[]";
            case 3 -> name + "%00";
            case 4 -> " " + name;
            case 5 -> name + ";a";
            case 6 -> name + "\u200b";
            default -> name + ":missing:" + name;
        };
    }

    private Template request(String feature, String type, List<Map.Entry<String, String>> parameters) {
        List<Map.Entry<String, String>> headers = headers();
        if (!dice.chance(15)) {
            String path = "/" + type + query(parameters);
            return dice.chance(2)
                    ? Template.send("search by HEAD", "HEAD", path, headers, null)
                    : Template.get(feature, path, headers);
        }
        int split = dice.between(0, parameters.size());
        String path =
                "/" + type + dice.of("/_search", "/_search", "/_search", "") + query(parameters.subList(0, split));
        return new Template(
                "search by POST, split between URL and body",
                "POST",
                path,
                headers,
                form(parameters.subList(split, parameters.size())),
                true);
    }

    private List<Map.Entry<String, String>> headers() {
        return dice.chance(85)
                ? List.of()
                : List.of(dice.of(
                        Map.entry("Cache-Control", "no-cache"),
                        Map.entry("Cache-Control", "no-store, max-results=1"),
                        Map.entry("Prefer", "handling=lenient"),
                        Map.entry("Prefer", "handling=strict"),
                        Map.entry("Prefer", "respond-async"),
                        Map.entry("Accept", "application/fhir+xml"),
                        Map.entry("If-None-Match", "W/\"1\""),
                        Map.entry("X-Forwarded-Host", "«patient».example"),
                        Map.entry("X-HTTP-Method-Override", "DELETE")));
    }

    private String query(List<Map.Entry<String, String>> parameters) {
        return parameters.isEmpty() ? "" : "?" + form(parameters);
    }

    private String form(List<Map.Entry<String, String>> parameters) {
        return parameters.stream()
                .map(each -> dice.encodedName(each.getKey()) + "=" + dice.encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }
}
