package eu.sinusnode.server.attack.malformed;

import eu.sinusnode.server.attack.Dice;
import java.util.List;

/** Request targets: paths that are none, parameters that say nothing, escapes that do not escape. */
final class Targets {

    private static final List<String> NAMES = List.of(
            "_count",
            "_sort",
            "_summary",
            "_elements",
            "_format",
            "_pretty",
            "_total",
            "_id",
            "_lastUpdated",
            "_include",
            "_revinclude",
            "_has:Observation:patient:code",
            "_text",
            "_content",
            "_filter",
            "_query",
            "_getpages",
            "_getpagesoffset",
            "patient",
            "subject:Patient",
            "subject.name",
            "code",
            "code:in",
            "code:not",
            "date",
            "date:missing",
            "category",
            "status",
            "identifier",
            "value-quantity",
            "code-value-quantity",
            "",
            "%00",
            "a[b]",
            "🫀");

    private static final List<String> VALUES = List.of(
            "",
            "%",
            "%zz",
            "%00",
            "%c0%ae%c0%ae",
            "%ed%a0%80",
            "-1",
            "0",
            "99999999999999999999",
            "1e9",
            "NaN",
            "gt",
            "gt2026-99-99",
            "sa2026-01-01T00:00:00%2B99:00",
            "eq2026-01-01,lt",
            "|",
            "||",
            "http://loinc.org|",
            "|8867-4|",
            "a%5C,b,c%5C",
            ",,,,",
            "true",
            "Patient",
            "Patient/",
            "Patient/x/y/z",
            "http://127.0.0.1:1/fhir/Patient/1",
            "Observation:subject:Patient:x",
            "*",
            "5.4|http://unitsofmeasure.org|mg",
            "ap1e400",
            "'%20OR%201=1--",
            "%3Cscript%3E",
            "%E2%80%AE",
            "xml",
            "application/fhir%2Bxml;x",
            "x".repeat(3_000));

    private final Dice dice;

    Targets(Dice dice) {
        this.dice = dice;
    }

    String search() {
        StringBuilder target = new StringBuilder("/fhir/").append(type()).append('?');
        int parameters = dice.between(1, 4);
        for (int i = 0; i < parameters; i++) {
            target.append(i == 0 ? "" : dice.of("&", "&&", ";", "&amp;"));
            target.append(dice.of(NAMES))
                    .append(dice.chance(10) ? dice.of(":x", ":missing", ":exact:exact", ".", ".x.y") : "");
            target.append(dice.chance(5) ? "" : "=").append(dice.of(VALUES));
        }
        return ascii(target.toString());
    }

    String path() {
        return ascii("/fhir" + dice.of("/", "//", "/%2f", "/./", "/;a=b/", "/%2e%2e/", "") + type()
                + dice.of(
                        "",
                        "/",
                        "//",
                        "/%00",
                        "/" + "a".repeat(65),
                        "/-",
                        "/../../x",
                        "/a%2Fb",
                        "/" + id() + "/_history/")
                + dice.of(
                        "",
                        "/_history",
                        "/_history/x",
                        "/_history/99999999999999999999",
                        "/$x",
                        "/$everything",
                        "/$meta-add",
                        "/_search",
                        "/$validate/x",
                        "/metadata",
                        "?",
                        "/*",
                        "/x/y/z"));
    }

    private String type() {
        return dice.of(
                "Observation",
                "Patient",
                "Goal",
                "Condition",
                "observation",
                "Foo",
                "%4Fbservation",
                "_",
                "$x",
                "metadata");
    }

    private String id() {
        return dice.of("x", "1", "00000000-0000-0000-0000-000000000000", "A".repeat(64));
    }

    /** The target of a request is bytes; what is none goes as UTF-8 that is read as Latin-1. */
    private static String ascii(String target) {
        return new String(
                target.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
