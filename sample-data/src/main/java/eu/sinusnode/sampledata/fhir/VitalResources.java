package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.sampledata.signal.Reading;

/** Readings as Observations. The same reading is always written with the same id, identifier and bytes. */
public final class VitalResources {

    private final Subject subject;
    private final ActivityResources activities;
    private final String patientReference;
    private final String idPrefix;

    public VitalResources(Subject subject) {
        this.subject = subject;
        this.activities = new ActivityResources(subject);
        this.patientReference = "Patient/" + subject.id();
        this.idPrefix = "patient/" + subject.person().number() + "/vital/";
    }

    /** The id of the reading's Observation. */
    public String id(Reading reading) {
        return subject.ids().of(idPrefix + reading.kind().name() + "/" + reading.number());
    }

    /** @param id what {@link #id} gives, which is dear enough to be asked for once */
    public void write(BundleWriter bundle, Reading reading, String id) {
        switch (reading.kind()) {
            case BLOOD_PRESSURE -> pressure(bundle, reading, id);
            case HEART_RATE -> perMinute(bundle, reading, id, Codes.HEART_RATE, "HR", subject.heartRateDevice());
            case BODY_WEIGHT -> {
                Json json = head(bundle, reading, id, "KG").concept("code", Codes.LOINC, Codes.BODY_WEIGHT);
                tenths(about(json, reading, subject.scale()), reading, "kg", "kg");
            }
            case RESTING_HEART_RATE ->
                perMinute(bundle, reading, id, Codes.RESTING_HEART_RATE, "RH", subject.tracker());
            case TRAINING_HEART_RATE ->
                perMinute(bundle, reading, id, Codes.HEART_RATE, "TH", subject.trainingDevice());
            case RESPIRATORY_RATE -> perMinute(bundle, reading, id, Codes.RESPIRATORY_RATE, "RF", subject.tracker());
            case OXYGEN_SATURATION -> saturation(bundle, reading, id);
            case BODY_TEMPERATURE -> {
                Json json = head(bundle, reading, id, "TC").concept("code", Codes.LOINC, Codes.BODY_TEMPERATURE);
                tenths(about(json, reading, Subject.NO_DEVICE), reading, "°C", "Cel");
            }
            case BODY_HEIGHT -> {
                Json json = head(bundle, reading, id, "CM").concept("code", Codes.LOINC, Codes.BODY_HEIGHT);
                whole(about(json, reading, Subject.NO_DEVICE), reading, "cm", "cm");
            }
            case STEPS, SLEEP, TRAINING -> activities.write(bundle, reading, id);
        }
        bundle.endResource("Observation", id);
    }

    private void pressure(BundleWriter bundle, Reading reading, String id) {
        Json json = head(bundle, reading, id, reading.office() ? "OP" : "BP")
                .concept("code", Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL);
        about(json, reading, subject.pressureDevice()).array("component");
        component(json, Codes.SYSTOLIC, reading.value());
        component(json, Codes.DIASTOLIC, reading.companion());
        json.endArray();
    }

    private void perMinute(BundleWriter bundle, Reading reading, String id, String code, String prefix, String device) {
        Json json = head(bundle, reading, id, prefix).concept("code", Codes.LOINC, code);
        whole(about(json, reading, device), reading, "/min", "/min");
    }

    private void saturation(BundleWriter bundle, Reading reading, String id) {
        Json json = head(bundle, reading, id, "O2")
                .object("code")
                .array("coding")
                .coding(Codes.LOINC, Codes.OXYGEN_SATURATION)
                .coding(Codes.LOINC, Codes.PULSE_OXIMETRY)
                .endArray()
                .end();
        whole(about(json, reading, subject.saturationDevice()), reading, "%", "%");
    }

    /** All that stands before the code. */
    private Json head(BundleWriter bundle, Reading reading, String id, String prefix) {
        return bundle.resource("Observation", id)
                .array("extension")
                .object()
                .text("url", Canonicals.MEASUREMENT_SETTING)
                .text("valueCode", reading.office() ? Codes.OFFICE : Codes.HOME)
                .end()
                .endArray()
                .array("identifier")
                .identifier(Canonicals.VITAL_IDENTIFIER, subject.serial(prefix) + "-" + reading.number())
                .endArray()
                .text("status", "final")
                .onlyConcept("category", Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS);
    }

    /** Whom it is about, when, and what measured it. */
    private Json about(Json json, Reading reading, String device) {
        json.object("subject")
                .text("reference", patientReference)
                .end()
                .text("effectiveDateTime", DateTimes.format(reading.second(), reading.offset()));
        // The clinic's own devices belong to no patient and are not registered here; neither is a plain thermometer.
        return reading.office() || device.isEmpty() ? json : json.reference("device", "Device", device);
    }

    private static void whole(Json json, Reading reading, String unit, String code) {
        json.object("valueQuantity")
                .number("value", reading.value())
                .unit(unit, code)
                .end();
    }

    private static void tenths(Json json, Reading reading, String unit, String code) {
        json.object("valueQuantity")
                .tenths("value", reading.value())
                .unit(unit, code)
                .end();
    }

    private static void component(Json json, String code, int value) {
        json.object()
                .concept("code", Codes.LOINC, code)
                .object("valueQuantity")
                .number("value", value)
                .unit("mmHg", "mm[Hg]")
                .end()
                .end();
    }
}
