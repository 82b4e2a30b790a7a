package eu.sinusnode.launcher.show;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import eu.sinusnode.launcher.therapy.TherapyWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A therapy plan's first week, in lines. */
final class TherapyTable {

    private TherapyTable() {}

    static List<String> lines(TherapyWeek.Outcome outcome) {
        List<String> lines = new ArrayList<>();
        lines.add(outcome.patient().login() + "'s therapy plan (hypertension, 12 weeks) after a week: "
                + outcome.clinician() + " applied and activated it; what the patient sees of it");
        TextTable table = new TextTable("activity", "kept", "planned", "days covered");
        for (JsonNode part : outcome.progress().path("parameter")) {
            if (part.path("name").asText().equals("activity")
                    && !value(part, "kind", "valueCode").isEmpty()) {
                table.row(
                        value(part, "name", "valueString"),
                        value(part, "kept", "valueInteger"),
                        value(part, "planned", "valueInteger"),
                        percent(value(part, "proportionOfDaysCovered", "valueDecimal")));
            }
        }
        lines.addAll(table.lines());
        for (JsonNode part : outcome.progress().path("parameter")) {
            JsonNode value = part(part, "value").path("valueQuantity");
            if (part.path("name").asText().equals("target") && value.has("value")) {
                lines.add("  target of LOINC "
                        + part(part, "measure")
                                .path("valueCodeableConcept")
                                .path("coding")
                                .path(0)
                                .path("code")
                                .asText()
                        + ": mean " + value.path("value").asText() + " "
                        + value.path("unit").asText() + ", "
                        + (part(part, "reached").path("valueBoolean").asBoolean() ? "reached" : "not reached"));
            }
        }
        lines.add("  booked: a video call at "
                + outcome.appointment().path("start").asText());
        for (JsonNode reminder : outcome.reminders()) {
            lines.add("  adjusted: one more measurement a day; its reminder, due "
                    + reminder.path("restriction").path("period").path("start").asText() + ": "
                    + reminder.path("description").asText());
        }
        lines.add("  asked: a question about dizziness; in " + outcome.clinician() + "'s inbox as "
                + outcome.question().path("priority").asText() + ", Task/"
                + outcome.question().path("id").asText());
        lines.add("  GET " + outcome.plan() + "/$progress with a chart, as "
                + outcome.patient().login() + " or " + outcome.clinician());
        lines.add("  GET " + outcome.plan() + "/$print: on paper, language=de or en, kind=plan or letter");
        return lines;
    }

    private static String percent(String share) {
        return share.isEmpty() ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * Double.parseDouble(share));
    }

    private static String value(JsonNode parameter, String name, String element) {
        return part(parameter, name).path(element).asText("");
    }

    private static JsonNode part(JsonNode parameter, String name) {
        for (JsonNode part : parameter.path("part")) {
            if (part.path("name").asText().equals(name)) {
                return part;
            }
        }
        return MissingNode.getInstance();
    }
}
