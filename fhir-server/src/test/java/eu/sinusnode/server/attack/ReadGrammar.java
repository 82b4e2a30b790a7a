package eu.sinusnode.server.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything that names one record: read, vread, history, operations, compartments, pages, other methods. */
final class ReadGrammar {

    private static final List<String> TYPES = List.of(
            "Observation",
            "Observation",
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
            "Binary");
    private static final List<String> OPERATIONS = List.of(
            "$everything",
            "$everything?_type=Patient,Observation&_count=2&after=Observation/«bp»",
            "$meta",
            "$meta-add",
            "$meta-delete",
            "$validate",
            "$diff",
            "$expunge",
            "$lastn",
            "$stats",
            "$graphql",
            "$document",
            "$match",
            "$export",
            "$reindex",
            "$binary-access-read?path=Binary",
            "$access-log",
            "$reminder-settings",
            "$vital-readings",
            "$rr-intervals",
            "$risk-input?version=Patient/x/_history/1",
            "$apply",
            "$member-match",
            "$get-resource-counts");

    private final Dice dice;

    ReadGrammar(Dice dice) {
        this.dice = dice;
    }

    Template next() {
        String type = dice.chance(20) ? dice.of(FurtherRecords.TYPES) : dice.of(TYPES);
        String id =
                "«" + dice.of(HiddenPatients.placeholderOf(type), HiddenPatients.placeholderOf(type), "bp", "hr") + "»";
        String path = "/" + type + "/" + id;
        return switch (dice.between(0, 13)) {
            case 0, 1, 2, 3 -> Template.get("read", path + presentation(), headers());
            case 4, 5 -> Template.get("vread", path + "/_history/" + dice.of("1", "2", "3", "4", "0", "x"), headers());
            case 6 ->
                Template.get(
                        "history",
                        dice.of(path, "/" + type, "") + "/_history" + dice.of("", "?_since=«updated»", "?_count=1"),
                        headers());
            case 7 -> Template.get("operation on a record", path + "/" + dice.of(OPERATIONS), headers());
            case 8 -> operation(type, id);
            case 9 -> Template.get("compartment", compartment(), headers());
            case 10 -> Template.get("page", page(), headers());
            case 11 -> Template.send("other methods", dice.of("HEAD", "OPTIONS", "DELETE"), path, headers(), null);
            case 12 -> Template.get("twisted paths", twisted(type, id), headers());
            default -> Template.get("vital readings", readings(), headers());
        };
    }

    private String presentation() {
        return dice.chance(70)
                ? ""
                : dice.of(
                        "?_format=json",
                        "?_format=xml",
                        "?_pretty=true",
                        "?_summary=true",
                        "?_summary=count",
                        "?_elements=component",
                        "?_id=«own»",
                        "?patient=«patient»",
                        "?_format=html/json");
    }

    private Template operation(String type, String id) {
        String operation = dice.of(OPERATIONS);
        String query = dice.of(
                "?patient=«patient»",
                "?_id=" + id,
                "?from=Observation/«bp»&to=Observation/«hr»",
                "?query=%7BPatient(id:%22«patient»%22)%7Bname%7Bfamily%7D%7D%7D",
                "?after=&patients=1000",
                "?since=«updated»");
        String base = dice.of("", "/" + type, "/Patient/«patient»");
        String path = base + "/" + operation.replaceAll("\\?.*", "") + query;
        if (operation.equals("$match")) {
            return Template.send("match", "POST", "/Patient/$match", headers(), looked());
        }
        return dice.chance(60)
                ? Template.get("operation", path, headers())
                : Template.send("operation", "POST", path, headers(), parameters(id));
    }

    private static String parameters(String id) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"subject\",\"valueString\":\"Patient/«patient»\"},"
                + "{\"name\":\"id\",\"valueId\":\"" + id + "\"}]}";
    }

    private String looked() {
        String name = "\"name\":[{\"family\":\"«family»\",\"given\":[\"«given»\"]}]";
        String birth = "\"birthDate\":\"«birthdate»\"";
        String number = "\"identifier\":[{\"system\":\"http://fhir.de/sid/gkv/kvid-10\",\"value\":\"«kvnr»\"}]";
        return "{\"resourceType\":\"Patient\","
                + dice.of(name, birth, number, name + "," + birth, name + "," + birth + "," + number) + "}";
    }

    private String compartment() {
        return dice.of(
                "/Patient/«patient»/Observation",
                "/Patient/«patient»/Observation?code=85354-9",
                "/Patient/«patient»/*",
                "/Patient/«patient»/Observation/«bp»",
                "/Patient/«own»/Observation?_id=«bp»",
                // Its place is compared with own ids alone, and the hidden ids of the two worlds sort differently.
                "/Patient/«own»/$everything?_type=Observation,Device",
                "/Patient/«own»/$everything?_since=«updated»&_count=1",
                "/Patient/«patient»/$everything?_since=«updated»&_count=1",
                "/Device/«device»/Observation",
                "/Practitioner/«practitioner»/Observation?patient=«patient»",
                "/Encounter/«patient»/Observation");
    }

    private String page() {
        String start = "?_getpages=«page»";
        return start
                + dice.of(
                        "",
                        "&_getpagesoffset=0&_count=1",
                        "&_getpagesoffset=1&_count=1&_bundletype=searchset",
                        "&_getpagesoffset=2&_count=500",
                        "&_getpagesoffset=100&_count=1&_format=json",
                        "&_pageId=«page»",
                        "&_total=accurate");
    }

    private String readings() {
        return dice.of(
                "/$vital-readings?patients=1&after=«patient»",
                "/$vital-readings?since=«updated»",
                "/$vital-readings?after=«patient»&patients=1000",
                "/$rr-intervals?patient=«patient»&newest=2",
                "/$rr-intervals?after=«patient»&until=«updated»",
                "/$risk-input?version=Patient/«patient»/_history/1",
                "/Patient/«patient»/$vital-readings");
    }

    private String twisted(String type, String id) {
        return dice.of(
                "//" + type + "/" + id,
                "/" + type + "//" + id,
                "/" + type + "/" + id + "/",
                "/./" + type + "/" + id,
                "/metadata/../" + type + "/" + id,
                "/" + type + "/" + id + ";x=y",
                "/" + type.toLowerCase(java.util.Locale.ROOT) + "/" + id,
                "/" + type + "/%2e%2e/" + type + "/" + id,
                "/" + type + "%2F" + id,
                "/" + type + "/" + id + "%00",
                "/" + type + "/" + id + ".json",
                "/" + type + "/" + id + "/Observation",
                "/" + type + "/" + id + "/_history/1/$meta",
                "/" + type + "/" + id + "|1",
                "/metadata?patient=«patient»",
                "/Condition/«bp»",
                "/Basic/" + id);
    }

    private List<Map.Entry<String, String>> headers() {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        if (dice.chance(25)) {
            headers.add(dice.of(
                    Map.entry("If-None-Match", "W/\"1\""),
                    Map.entry("If-None-Match", "W/\"2\""),
                    Map.entry("If-None-Match", "*"),
                    Map.entry("If-Modified-Since", "Sat, 01 Jan 2050 00:00:00 GMT"),
                    Map.entry("If-Modified-Since", "Thu, 01 Jan 2009 00:00:00 GMT"),
                    Map.entry("If-Match", "W/\"1\""),
                    Map.entry("If-Match", "W/\"99\""),
                    Map.entry("If-None-Exist", "identifier=«vitalId»")));
        }
        if (dice.chance(15)) {
            headers.add(dice.of(
                    Map.entry("Accept", "application/fhir+xml"),
                    Map.entry("Accept", "application/octet-stream"),
                    Map.entry("Accept", "text/plain"),
                    Map.entry("Accept", "text/html"),
                    Map.entry("Accept", "application/json-patch+json"),
                    Map.entry("X-HTTP-Method-Override", "PUT"),
                    Map.entry("Range", "bytes=0-10"),
                    Map.entry("Prefer", "respond-async")));
        }
        return headers;
    }
}
