package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.sampledata.signal.Reading;

/** Vital readings as Observations. The same reading is always written with the same id, identifier and bytes. */
public final class VitalResources {

    private final Subject subject;
    private final String patientReference;
    private final String idPrefix;

    public VitalResources(Subject subject) {
        this.subject = subject;
        this.patientReference = "Patient/" + subject.id();
        this.idPrefix = "patient/" + subject.person().number() + "/vital/";
    }

    /** The id of the reading's Observation. */
    public String id(Reading reading) {
        return subject.ids().of(idPrefix + reading.kind().name() + "/" + reading.number());
    }

    public void write(BundleWriter bundle, Reading reading) {
        String id = id(reading);
        switch (reading.kind()) {
            case BLOOD_PRESSURE -> {
                String prefix = reading.office() ? "OP" : "BP";
                Json json = head(bundle, id, reading, Codes.BLOOD_PRESSURE_PANEL, prefix, subject.pressureDevice());
                json.array("component");
                component(json, Codes.SYSTOLIC, reading.value());
                component(json, Codes.DIASTOLIC, reading.diastolic());
                json.endArray();
            }
            case HEART_RATE ->
                head(bundle, id, reading, Codes.HEART_RATE, "HR", subject.heartRateDevice())
                        .object("valueQuantity")
                        .number("value", reading.value())
                        .unit("/min", "/min")
                        .end();
            case BODY_WEIGHT ->
                head(bundle, id, reading, Codes.BODY_WEIGHT, "KG", subject.scale())
                        .object("valueQuantity")
                        .tenths("value", reading.value())
                        .unit("kg", "kg")
                        .end();
        }
        bundle.endResource("Observation", id);
    }

    private Json head(BundleWriter bundle, String id, Reading reading, String code, String prefix, String device) {
        Json json = bundle.resource("Observation", id)
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
                .onlyConcept("category", Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS)
                .concept("code", Codes.LOINC, code)
                .object("subject")
                .text("reference", patientReference)
                .end()
                .text("effectiveDateTime", DateTimes.format(reading.second(), reading.offset()));
        // The clinic's own cuff belongs to no patient and is not registered here.
        return reading.office() ? json : json.reference("device", "Device", device);
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
