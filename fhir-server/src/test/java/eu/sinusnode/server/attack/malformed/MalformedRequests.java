package eu.sinusnode.server.attack.malformed;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.attack.Dice;
import eu.sinusnode.server.http.Records;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Observation;

/** A seeded stream of them. Bodies begin as records that the caller may create, so that only the damage is refused. */
final class MalformedRequests {

    private static final FhirContext CONTEXT = FhirContext.forR4Cached();
    private static final String JSON = "Content-Type: application/fhir+json";

    private final Dice dice;
    private final Caller caller;
    private final JsonDamage json;
    private final XmlDamage xml;
    private final PatchDamage patches;
    private final Targets targets;
    private final Heads heads;
    private final String name;
    private int number;

    /**
     * Who sends them.
     *
     * @param token of the patient
     * @param clinician token of one who treats the patient
     * @param patient id of a patient who permits everything
     * @param goal id of a Goal of that patient
     */
    record Caller(Supplier<String> token, Supplier<String> clinician, String patient, String device, String goal) {}

    MalformedRequests(long seed, String name, Caller caller) {
        this.dice = new Dice(seed);
        this.caller = caller;
        this.json = new JsonDamage(dice);
        this.xml = new XmlDamage(dice);
        this.patches = new PatchDamage(dice);
        this.targets = new Targets(dice);
        this.heads = new Heads(dice, caller.token());
        this.name = name;
    }

    RawRequest next() {
        String marker = name + "-" + ++number;
        return switch (dice.between(1, 20)) {
            case 1, 2 -> write("JSON: bytes", json.bytes(vital(marker)), marker);
            case 3, 4, 5 -> write("JSON: structure", utf8(json.structure(vital(marker))), marker);
            case 6 -> write("JSON: depth", utf8(json.deep(vital(marker))), marker);
            case 7 -> xmlWrite("XML: bytes", json.bytes(xmlVital(marker)), marker);
            case 8 -> xmlWrite("XML: entities, namespaces, encodings", xml.of(xmlVital(marker)), marker);
            case 9, 10 -> get("URL: parameters", targets.search(), marker);
            case 11 -> get("URL: paths", targets.path(), marker);
            case 12 -> form(marker);
            case 13 -> heads.brokenHttp(vital(marker), marker);
            case 14 -> heads.oddHeaders(vital(marker), marker);
            case 15 -> dice.chance(80) ? heads.oddTokens(marker) : heads.packed(vital(marker), marker);
            case 16 -> patch("patch: JSON", "application/json-patch+json", patches.json(), marker);
            case 17 -> patch("patch: FHIRPath", "application/fhir+json", patches.fhirPath(), marker);
            case 18 -> bundle("transaction: one entry is damaged", BundleType.TRANSACTION, marker);
            case 19 -> bundle("batch: one entry is damaged", BundleType.BATCH, marker);
            default -> oddBundle(marker);
        };
    }

    private RawRequest write(String feature, byte[] body, String marker) {
        boolean create = dice.chance(80);
        return RawRequest.of(
                feature,
                create ? "POST" : "PUT",
                create ? "/fhir/Observation" : "/fhir/Observation/" + Records.id(marker),
                List.of("Authorization: Bearer " + caller.token().get(), JSON),
                body,
                marker);
    }

    private RawRequest xmlWrite(String feature, byte[] body, String marker) {
        return RawRequest.of(
                feature,
                "POST",
                "/fhir/Observation",
                List.of("Authorization: Bearer " + caller.token().get(), "Content-Type: application/fhir+xml"),
                body,
                marker);
    }

    private RawRequest get(String feature, String target, String marker) {
        return RawRequest.of(
                feature,
                dice.chance(90) ? "GET" : "HEAD",
                target,
                List.of("Authorization: Bearer " + caller.token().get()),
                new byte[0],
                marker);
    }

    private RawRequest form(String marker) {
        String target = targets.search();
        String body = target.substring(target.indexOf('?') + 1);
        return RawRequest.of(
                "URL: parameters in a form",
                "POST",
                "/fhir/Observation/_search" + (dice.chance(30) ? "?" + body : ""),
                List.of(
                        "Authorization: Bearer " + caller.token().get(),
                        "Content-Type: application/x-www-form-urlencoded"),
                body.getBytes(StandardCharsets.ISO_8859_1),
                marker);
    }

    private RawRequest patch(String feature, String contentType, String body, String marker) {
        return RawRequest.of(
                feature,
                "PATCH",
                "/fhir/Goal/" + caller.goal(),
                List.of("Authorization: Bearer " + caller.clinician().get(), "Content-Type: " + contentType),
                utf8(body),
                marker);
    }

    /** The first and the last entry are whole: they may be stored with the others or not at all. */
    private RawRequest bundle(String feature, BundleType type, String marker) {
        Bundle bundle = Records.transaction(observation(marker + "-a"), observation(marker + "-b"));
        bundle.setType(type);
        String whole = CONTEXT.newJsonParser().encodeResourceToString(bundle);
        String damaged = json.structure(vital(marker + "-c"));
        String entry = "{\"resource\":" + damaged + ",\"request\":{\"method\":\"" + dice.of("POST", "PUT", "PATCH", "x")
                + "\",\"url\":\""
                + dice.of(
                        "Observation",
                        "Observation/x",
                        "Observation?identifier=x",
                        "",
                        "/",
                        "http://other.example/fhir/Observation")
                + "\"}}";
        return root(
                feature, whole.replaceFirst("\\{\"resource\"", entry.replace("$", "\\$") + ",{\"resource\""), marker);
    }

    private RawRequest oddBundle(String marker) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        int entries = dice.of(0, 1, 3, 1_200);
        List<Observation> vitals = new ArrayList<>();
        for (int i = 0; i < Math.min(entries, 3); i++) {
            vitals.add(observation(marker + "-" + i));
        }
        bundle = entries == 0 ? bundle : Records.transaction(vitals.toArray(Observation[]::new));
        String text = CONTEXT.newJsonParser().encodeResourceToString(bundle);
        String many = entries == 1_200 ? text.replaceFirst("(\"entry\":\\[)", "$1" + "{},".repeat(1_200)) : text;
        return root("bundles", dice.chance(70) ? json.structure(many) : json.deep(many), marker);
    }

    private RawRequest root(String feature, String body, String marker) {
        return RawRequest.of(
                feature,
                "POST",
                "/fhir",
                List.of("Authorization: Bearer " + caller.token().get(), JSON),
                utf8(body),
                marker);
    }

    private Observation observation(String marker) {
        return Records.heartRate(caller.patient(), caller.device(), marker);
    }

    private String vital(String marker) {
        return CONTEXT.newJsonParser().encodeResourceToString(observation(marker));
    }

    private String xmlVital(String marker) {
        return CONTEXT.newXmlParser().encodeResourceToString(observation(marker));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
