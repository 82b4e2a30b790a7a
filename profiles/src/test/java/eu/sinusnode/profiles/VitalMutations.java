package eu.sinusnode.profiles;

import java.util.Random;
import java.util.regex.Matcher;

/** Replaces values of a vital sign by others, good and bad. */
final class VitalMutations {

    private VitalMutations() {}

    /** Each: what is replaced (a regular expression), and by what it may be. */
    private static final String[][] REPLACEMENTS = {
        {
            "\"value\": [0-9.]+",
            "\"value\": 19.9",
            "\"value\": 20",
            "\"value\": 300",
            "\"value\": 300.1",
            "\"value\": 85.75",
            "\"value\": -60",
            "\"value\": 401",
            "\"value\": 1e2",
            "\"value\": 60.0000000001",
            "\"value\": 45",
            "\"value\": 0.97",
            "\"value\": 100",
            "\"value\": 97.7",
            "\"value\": 260.5"
        },
        {
            "\"code\": \"(mm\\[Hg\\]|/min|kg|%|Cel|cm|kg/m2)\"",
            "\"code\": \"kPa\"",
            "\"code\": \"g\"",
            "\"code\": \"[lb_av]\"",
            "\"code\": \"1/min\"",
            "\"code\": \"kg\"",
            "\"code\": \"mm[Hg]\"",
            "\"code\": \"/min\"",
            "\"code\": \"%\"",
            "\"code\": \"[degF]\"",
            "\"code\": \"[in_i]\"",
            "\"code\": \"m\""
        },
        {
            "\"unit\": \"[^\"]*\"",
            "\"unit\": \"pro Minute\"",
            "\"unit\": \" x\"",
            "\"unit\": \"\\u00b5g\"",
            "\"unit\": \"<b>kg</b>\"",
            "\"unit\": \"beats/min\""
        },
        {
            "\"effectiveDateTime\": \"[^\"]*\"",
            "\"effectiveDateTime\": \"2026-02-30T10:00:00Z\"",
            "\"effectiveDateTime\": \"2024-02-29T10:00:00+14:00\"",
            "\"effectiveDateTime\": \"2026-05-04T10:00:00.5-03:30\"",
            "\"effectiveDateTime\": \"2026-05-04T10:00Z\"",
            "\"effectiveDateTime\": \"2026-05-04\"",
            "\"effectiveDateTime\": \"1850-05-04T10:00:00Z\"",
            "\"effectiveDateTime\": \"2026-05-04T23:59:60Z\"",
            "\"effectiveDateTime\": \"2026-05-04T10:00:00+13:00\""
        },
        {
            "\"reference\": \"Patient/[^\"]*\"",
            "\"reference\": \"Patient/1\"",
            "\"reference\": \"Group/1\"",
            "\"reference\": \"Patient/a_b\"",
            "\"reference\": \"Patient?identifier=1\"",
            "\"reference\": \"#p\"",
            "\"reference\": \"urn:uuid:9f0c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11\"",
            "\"reference\": \"urn:uuid:1\"",
            "\"reference\": \"https://x.example/fhir/Patient/1\"",
            "\"reference\": \"Patient/1/_history/2\""
        },
        {
            "\"reference\": \"Device/[^\"]*\"",
            "\"reference\": \"Device/1\"",
            "\"reference\": \"Patient/1\"",
            "\"reference\": \"Device/\"",
            "\"reference\": \"DeviceMetric/1\""
        },
        {"\"valueCode\": \"home\"", "\"valueCode\": \"office\"", "\"valueCode\": \"car\"", "\"valueString\": \"home\""},
        {
            "\"status\": \"final\"",
            "\"status\": \"amended\"",
            "\"status\": \"entered-in-error\"",
            "\"status\": \"unknown\""
        },
        {"\"code\": \"vital-signs\"", "\"code\": \"survey\"", "\"code\": \"vital-sign\""},
        {"\"code\": \"8480-6\"", "\"code\": \"8462-4\"", "\"code\": \"8478-0\""},
        {"\"code\": \"2708-6\"", "\"code\": \"59408-5\"", "\"code\": \"8867-4\""},
        {"\"code\": \"59408-5\"", "\"code\": \"2708-6\"", "\"code\": \"40443-4\""},
        {"\"code\": \"40443-4\"", "\"code\": \"8867-4\"", "\"code\": \"9279-1\""},
        {"\"code\": \"9279-1\"", "\"code\": \"39156-5\"", "\"code\": \"8310-5\""},
        {"\"code\": \"8462-4\"", "\"code\": \"8480-6\"", "\"code\": \"8462-5\""},
        {"\"system\": \"https://sinusnode.eu/sid/vital\"", "\"system\": \"urn:ietf:rfc:3986\"", "\"system\": \"vital\""
        },
        {
            "\"system\": \"https://klinikum-mitte.de/sid/messwert\"",
            "\"system\": \"http://klinikum.example/x\"",
            "\"system\": \"http://localhost/x\"",
            "\"system\": \"urn:oid:1.2.276.0.76\"",
            "\"system\": \"urn:oid:1.02\"",
            "\"system\": \"urn:uuid:x\"",
            "\"system\": \"https://a.b\"",
            "\"system\": \"https://a.b/c d\"",
            "\"system\": \"http://hl7.org/fhir/sid/us-ssn\"",
            "\"system\": \"http://fhir.de/sid/gkv/kvid-10\"",
            "\"system\": \"https://gematik.de/fhir/sid/telematik-id\"",
            "\"system\": \"klinikum\""
        },
        {
            "\"reference\": \"(Practitioner|Organization)/[^\"]*\"",
            "\"reference\": \"Device/1\"",
            "\"reference\": \"CareTeam/1\"",
            "\"reference\": \"PractitionerRole/1\"",
            "\"reference\": \"RelatedPerson/1\"",
            "\"reference\": \"Patient/1\"",
            "\"reference\": \"#x\""
        },
        {"\"reference\": \"Encounter/[^\"]*\"", "\"reference\": \"EpisodeOfCare/1\"", "\"reference\": \"Encounter/\""},
        {
            "\"issued\": \"[^\"]*\"",
            "\"issued\": \"2026-05-04T10:00:00Z\"",
            "\"issued\": \"2026-02-30T10:00:00Z\"",
            "\"issued\": \"2026-05-04\"",
            "\"issued\": \"1850-05-04T10:00:00Z\""
        },
        {"\"display\": \"Vital Signs\"", "\"display\": \"Vital signs\"", "\"display\": \"Weight\""},
        {"\"text\": \"[^\"]*\"", "\"text\": \"<b>\"", "\"text\": \" x\"", "\"text\": \"\\u00fc\""},
        {"\"[a-z]+-0001\"", "\"x\"", "\"a b\"", "\" a\"", "\"\\u00fc\"", "\"a&b\""},
    };

    static String replaced(String json, Random random) {
        String[] replacement = REPLACEMENTS[random.nextInt(REPLACEMENTS.length)];
        String with = replacement[1 + random.nextInt(replacement.length - 1)];
        return json.replaceFirst(replacement[0], Matcher.quoteReplacement(with));
    }
}
