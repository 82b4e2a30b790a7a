package eu.sinusnode.server.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes that ask: by a reference, a condition, a version, or an id. What an attacker may really store is dated and valued
 * as nothing secret is, so that the attackers' own records never tell the worlds apart.
 */
final class WriteGrammar {

    private static final String VITAL = "https://sinusnode.eu/sid/vital";

    private final Dice dice;

    WriteGrammar(Dice dice) {
        this.dice = dice;
    }

    Template next() {
        return switch (dice.between(0, 13)) {
            case 0, 1, 2 ->
                create("create, references to hidden records", List.of(), dice.of("«vitalId»", "own-«vitalId»"));
            case 3, 4, 5 -> conditionalCreate();
            case 6, 7 -> update();
            case 8 -> conditionalUpdate();
            case 9 -> patch();
            case 11, 12 -> createUnderHiddenIdentifier();
            case 10 ->
                Template.send(
                        "delete",
                        "DELETE",
                        dice.of(
                                "/Observation/«bp»",
                                "/Observation?" + condition(),
                                "/Patient/«patient»?_cascade=delete",
                                "/Observation/«bp»?_expunge=true"),
                        List.of(),
                        null);
            default -> validate();
        };
    }

    private Template conditionalCreate() {
        String condition = condition();
        return create(
                "conditional create",
                List.of(Map.entry("If-None-Exist", condition)),
                dice.of(identifierUnder(condition), "own-" + identifierUnder(condition)));
    }

    /** By who may write for the hidden patient, or at least tries to; it is really stored, as an open heart rate. */
    private Template createUnderHiddenIdentifier() {
        String identifier = "«vitalId»-«fresh»";
        String vital = openVital(null, "Patient/«patient»", identifier, "«device»", "");
        String feature = "create, identifier of a hidden record";
        return switch (dice.between(0, 3)) {
            case 0 ->
                Template.send(
                        feature,
                        "POST",
                        "/Observation",
                        List.of(Map.entry("If-None-Exist", "identifier=" + VITAL + "|" + identifier)),
                        vital);
            case 1 ->
                Template.send(
                        feature,
                        "POST",
                        "",
                        List.of(),
                        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":" + vital
                                + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}]}");
            default -> Template.send(feature, "POST", "/Observation", List.of(), vital);
        };
    }

    private Template conditionalUpdate() {
        String condition = condition();
        return Template.send(
                "conditional update",
                "PUT",
                "/Observation?" + condition,
                List.of(),
                observation(null, subject(), identifierUnder(condition)));
    }

    /**
     * What a conditional write may call the attacker's own record. A condition that does not name the hidden identifier
     * finds own records, of whichever world they were written in: with a name of one world they would tell the worlds
     * apart from then on, and rightly.
     */
    static String identifierUnder(String condition) {
        return condition.startsWith("identifier=") ? "«vitalId»" : "vital";
    }

    /** An Observation as a bundle takes it too. */
    String observation(@Nullable String id, String subject, String identifier) {
        String extra = dice.chance(45)
                ? ""
                : dice.of(
                        ",\"derivedFrom\":[{\"reference\":\"Observation/«bp»\"}]",
                        ",\"hasMember\":[{\"reference\":\"Observation/«bp»\"}]",
                        ",\"derivedFrom\":[{\"reference\":\"Observation/«bp»/_history/2\"}]",
                        ",\"derivedFrom\":[{\"reference\":\"DocumentReference/«document»\"}]",
                        ",\"basedOn\":[{\"reference\":\"CarePlan/«plan»\"}]",
                        ",\"focus\":[{\"reference\":\"Patient/«patient»\"}]",
                        ",\"performer\":[{\"reference\":\"Patient/«patient»\"}]",
                        ",\"performer\":[{\"reference\":\"CareTeam/«team»\"}]",
                        ",\"derivedFrom\":[{\"reference\":\"«base»/Observation/«bp»\"}]",
                        ",\"derivedFrom\":[{\"reference\":\"Observation?identifier=" + VITAL + "|«vitalId»\"}]",
                        ",\"derivedFrom\":[{\"identifier\":{\"system\":\"" + VITAL + "\",\"value\":\"«vitalId»\"}}]",
                        ",\"note\":[{\"authorReference\":{\"reference\":\"Patient/«patient»\"},\"text\":\"x\"}]",
                        ",\"extension\":[{\"url\":\"https://example.org/x\",\"valueReference\":{\"reference\":\"Observation/«bp»\"}}]",
                        ",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"«patient»\"}]");
        String device = dice.chance(70) ? "«ownDevice»" : dice.of("«device»", "«device»/_history/1");
        return openVital(id, subject, identifier, device, extra);
    }

    private static String openVital(
            @Nullable String id, String subject, String identifier, String device, String extra) {
        return "{\"resourceType\":\"Observation\"" + (id == null ? "" : ",\"id\":\"" + id + "\"")
                + (extra.contains("extension")
                        ? ""
                        : ",\"extension\":[{\"url\":\"https://sinusnode.eu/fhir/StructureDefinition/measurement-setting\",\"valueCode\":\"home\"}]")
                + ",\"identifier\":[{\"system\":\"" + VITAL + "\",\"value\":\"" + identifier + "\"}]"
                + ",\"status\":\"final\",\"category\":[{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/observation-category\",\"code\":\"vital-signs\"}]}]"
                + ",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8867-4\"}]}"
                + ",\"subject\":{\"reference\":\"" + subject + "\"},\"effectiveDateTime\":\"" + HiddenPatients.OPEN_TIME
                + "\",\"device\":{\"reference\":\"Device/" + device + "\"}"
                + ",\"valueQuantity\":{\"value\":64,\"unit\":\"/min\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"/min\"}"
                + extra + "}";
    }

    String condition() {
        return dice.of(
                "identifier=" + VITAL + "|«vitalId»",
                "identifier=" + VITAL + "|«vitalId»",
                "identifier=«vitalId»",
                "identifier=" + VITAL + "|«vitalId»&patient=Patient/«patient»",
                "patient=Patient/«patient»&component-value-quantity=" + dice.of("gt", "lt", "eq") + "«systolic»",
                "_id=«bp»",
                "Observation?identifier=" + VITAL + "%7C«vitalId»",
                "subject.family=«family»",
                "device.identifier=«serial»",
                "identifier:not=" + VITAL + "|«vitalId»",
                "_lastUpdated=gt«updated»",
                "date=" + dice.of("gt", "lt") + "«effective»&code=85354-9",
                "_has:Provenance:target:_id=«provenance»");
    }

    String subject() {
        return dice.of(
                "Patient/«own»",
                "Patient/«own»",
                "Patient/«patient»",
                "«base»/Patient/«patient»",
                "Patient?identifier=«kvnr»");
    }

    private Template create(String feature, List<Map.Entry<String, String>> headers, String identifier) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        if (dice.chance(20)) {
            all.add(Map.entry("Prefer", dice.of("return=minimal", "return=representation", "return=OperationOutcome")));
        }
        return switch (dice.between(0, 7)) {
            case 0 -> Template.send(feature, "POST", "/Device", all, device());
            case 1 -> Template.send(feature, "POST", "/Condition", all, condition(subject()));
            case 2 -> Template.send(feature, "POST", "/Consent", all, consent());
            case 3 -> Template.send(feature, "POST", "/Provenance", all, provenance());
            default -> Template.send(feature, "POST", "/Observation", all, observation(null, subject(), identifier));
        };
    }

    private Template update() {
        List<Map.Entry<String, String>> headers = dice.chance(50)
                ? List.of()
                : List.of(dice.of(
                        Map.entry("If-Match", "W/\"1\""),
                        Map.entry("If-Match", "W/\"2\""),
                        Map.entry("If-Match", "W/\"99\""),
                        Map.entry("If-None-Match", "*")));
        if (dice.chance(30)) {
            return Template.send("update", "PUT", "/Consent/«consent»", headers, withId("consent", consent()));
        }
        String record = dice.of("bp", "hr", "flag");
        return Template.send(
                "update",
                "PUT",
                "/Observation/«" + record + "»" + dice.of("", "", "/_history/1"),
                headers,
                observation("«" + record + "»", subject(), "«vitalId»"));
    }

    private Template patch() {
        boolean json = dice.chance(60);
        String body = json
                ? "[{\"op\":\"test\",\"path\":\"/component/0/valueQuantity/value\",\"value\":«systolic»},"
                        + "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]"
                : "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"operation\",\"part\":[{\"name\":\"type\","
                        + "\"valueCode\":\"delete\"},{\"name\":\"path\",\"valueString\":\"Observation.component.where(value.value>«systolic»)\"}]}]}";
        return Template.send(
                "patch",
                "PATCH",
                dice.of("/Observation/«bp»", "/Observation?" + condition(), "/Patient/«patient»"),
                List.of(Map.entry("Content-Type", json ? "application/json-patch+json" : "application/fhir+json")),
                body);
    }

    private Template validate() {
        if (dice.chance(30)) {
            return Template.get(
                    "$validate",
                    "/Observation/«bp»/$validate?mode="
                            + dice.of(
                                    "delete",
                                    "profile&profile=http://hl7.org/fhir/StructureDefinition/bp",
                                    "profile&profile=http://hl7.org/fhir/StructureDefinition/heartrate"),
                    List.of());
        }
        return Template.send(
                "$validate",
                "POST",
                dice.of(
                        "/Observation/$validate",
                        "/Observation/$validate?mode=create",
                        "/Observation/«bp»/$validate",
                        "/Observation/«bp»/$validate?mode=update",
                        "/Observation/$validate?mode=delete"),
                List.of(),
                observation("«bp»", subject(), "«vitalId»"));
    }

    private String device() {
        return "{\"resourceType\":\"Device\",\"status\":\"active\",\"serialNumber\":\"«serial»\",\"identifier\":[{\"system\":\"https://example.org/serial\",\"value\":\"«serial»\"}]"
                + ",\"type\":{\"coding\":[{\"system\":\"https://sinusnode.eu/fhir/CodeSystem/measuring-device-kind\",\"code\":\"cuff\"}]}"
                + ",\"patient\":{\"reference\":\"Patient/«patient»\"}}";
    }

    private static String condition(String subject) {
        return "{\"resourceType\":\"Condition\",\"clinicalStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/condition-clinical\",\"code\":\"active\"}]}"
                + ",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"" + subject
                + "\"},\"evidence\":[{\"detail\":[{\"reference\":\"Observation/«bp»\"}]}]}";
    }

    private String consent() {
        String patient = dice.of("«own»", "«patient»");
        return "{\"resourceType\":\"Consent\",\"status\":\"active\",\"scope\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/consentscope\",\"code\":\"patient-privacy\"}]}"
                + ",\"category\":[{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"59284-0\"}]}],\"patient\":{\"reference\":\"Patient/"
                + patient + "\"},\"dateTime\":\"2026-01-05\",\"performer\":[{\"reference\":\"Patient/" + patient
                + "\"}],\"sourceReference\":{\"reference\":\"Consent/«consent»\"},\"policy\":[{\"uri\":\"https://example.org\"}],\"provision\":{\"type\":\"deny\""
                + dice.of(
                        "", ",\"data\":[{\"meaning\":\"instance\",\"reference\":{\"reference\":\"Observation/«bp»\"}}]")
                + "}}";
    }

    private static String provenance() {
        return "{\"resourceType\":\"Provenance\",\"target\":[{\"reference\":\"Observation/«bp»\"}],\"recorded\":\"2026-01-05T10:00:00Z\",\"agent\":[{\"who\":{\"reference\":\"Device/«device»\"}}]}";
    }

    private static String withId(String placeholder, String body) {
        return body.replaceFirst("\",\"status\"", "\",\"id\":\"«" + placeholder + "»\",\"status\"");
    }
}
