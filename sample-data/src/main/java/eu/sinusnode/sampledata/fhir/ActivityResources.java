package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.sampledata.signal.Reading;

/** Steps, sleep and training as Observations of category {@code activity}, each over its period. */
final class ActivityResources {

    private static final String ACTIVITY = "activity";
    private static final String SLEEP_DURATION = "93832-4";
    private static final String EXERCISE_ACTIVITY = "73985-4";
    private static final String EXERCISE_DURATION = "55411-3";
    private static final String EXERCISE_MEAN_RATE = "55425-3";
    private static final String EXERCISE_HIGHEST_RATE = "55426-1";

    private final Subject subject;

    ActivityResources(Subject subject) {
        this.subject = subject;
    }

    /** Leaves the resource open. */
    void write(BundleWriter bundle, Reading reading, String id) {
        switch (reading.kind()) {
            case STEPS ->
                head(bundle, reading, id, Codes.STEPS, "ST")
                        .object("valueQuantity")
                        .number("value", reading.value())
                        .unit("steps", "{steps}")
                        .end();
            case SLEEP ->
                head(bundle, reading, id, SLEEP_DURATION, "SL")
                        .object("valueQuantity")
                        .tenths("value", reading.value())
                        .unit("h", "h")
                        .end();
            case TRAINING -> training(bundle, reading, id);
            default -> throw new IllegalArgumentException(reading.kind() + " is no activity");
        }
    }

    private void training(BundleWriter bundle, Reading reading, String id) {
        Json json = head(bundle, reading, id, EXERCISE_ACTIVITY, "TR")
                .concept(
                        "valueCodeableConcept",
                        Codes.LOINC,
                        subject.life().sport().answer())
                .array("component");
        component(json, EXERCISE_DURATION, reading.lasting() / 60, "min");
        component(json, EXERCISE_MEAN_RATE, reading.value(), "/min");
        component(json, EXERCISE_HIGHEST_RATE, reading.companion(), "/min");
        json.endArray();
    }

    private Json head(BundleWriter bundle, Reading reading, String id, String code, String prefix) {
        return bundle.resource("Observation", id)
                .array("identifier")
                .identifier(Canonicals.VITAL_IDENTIFIER, subject.serial(prefix) + "-" + reading.number())
                .endArray()
                .text("status", "final")
                .onlyConcept("category", Codes.OBSERVATION_CATEGORY, ACTIVITY)
                .concept("code", Codes.LOINC, code)
                .reference("subject", "Patient", subject.id())
                .object("effectivePeriod")
                .text("start", DateTimes.format(reading.second(), reading.offset()))
                .text("end", DateTimes.format(reading.end(), subject.timeline().offset(reading.end())))
                .end()
                .reference("device", "Device", subject.tracker());
    }

    private static void component(Json json, String code, int value, String unit) {
        json.object()
                .concept("code", Codes.LOINC, code)
                .object("valueQuantity")
                .number("value", value)
                .unit(unit, unit)
                .end()
                .end();
    }
}
