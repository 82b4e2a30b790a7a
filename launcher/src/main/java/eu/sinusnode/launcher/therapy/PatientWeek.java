package eu.sinusnode.launcher.therapy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a patient did in the seven days before a day, as an app brings it afterwards: blood pressure in the morning and in
 * the evening but for two times, a medicine each day but one.
 *
 * @param patient id
 * @param cuff id of the patient's Device
 * @param medicine the MedicationRequest whose intakes are recorded, if there is one
 */
record PatientWeek(String patient, String cuff, Optional<JsonNode> medicine, LocalDate today, ZoneId zone) {

    private static final int DAYS = 7;
    private static final List<LocalTime> TIMES = List.of(LocalTime.of(7, 30), LocalTime.of(19, 30));
    private static final Set<Integer> MISSED_MEASUREMENTS = Set.of(4, 11);
    private static final int MISSED_INTAKE = 3;
    private static final int FIRST_SYSTOLIC = 156;
    private static final int DIASTOLIC = 88;

    ObjectNode transaction() {
        ObjectNode transaction = FhirJson.transaction();
        for (int day = 0; day < DAYS; day++) {
            LocalDate date = today.minusDays(DAYS - day);
            for (int time = 0; time < TIMES.size(); time++) {
                int number = day * TIMES.size() + time;
                if (!MISSED_MEASUREMENTS.contains(number)) {
                    add(transaction, pressure(date, TIMES.get(time), FIRST_SYSTOLIC - number));
                }
            }
            if (day != MISSED_INTAKE) {
                medicine.ifPresent(prescription -> add(transaction, intake(prescription, date)));
            }
        }
        return transaction;
    }

    private static void add(ObjectNode transaction, ObjectNode resource) {
        FhirJson.create(transaction, resource, "urn:uuid:" + UUID.randomUUID());
    }

    private ObjectNode pressure(LocalDate date, LocalTime time, int systolic) {
        ObjectNode pressure = FhirJson.resource("Observation").put("status", "final");
        pressure.putArray("identifier")
                .addObject()
                .put("system", "https://sinusnode.eu/sid/vital")
                .put("value", "therapy-week-" + patient + "-" + date + "-" + time);
        pressure.putArray("extension")
                .addObject()
                .put("url", "https://sinusnode.eu/fhir/StructureDefinition/measurement-setting")
                .put("valueCode", "home");
        pressure.putArray("category").add(FhirJson.concept(Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS));
        pressure.set("code", FhirJson.concept(Codes.LOINC, TherapyWeek.BLOOD_PRESSURE));
        pressure.set("subject", FhirJson.reference("Patient/" + patient));
        pressure.putArray("performer").add(FhirJson.reference("Patient/" + patient));
        pressure.put("effectiveDateTime", text(date, time));
        pressure.set("device", FhirJson.reference("Device/" + cuff));
        ArrayNode components = pressure.putArray("component");
        component(components, "8480-6", systolic);
        component(components, "8462-4", DIASTOLIC);
        return pressure;
    }

    private static void component(ArrayNode components, String loinc, int value) {
        ObjectNode component = components.addObject();
        component.set("code", FhirJson.concept(Codes.LOINC, loinc));
        component
                .putObject("valueQuantity")
                .put("value", value)
                .put("unit", "mmHg")
                .put("system", "http://unitsofmeasure.org")
                .put("code", "mm[Hg]");
    }

    private ObjectNode intake(JsonNode prescription, LocalDate date) {
        ObjectNode intake = FhirJson.resource("MedicationAdministration").put("status", "completed");
        intake.set("medicationCodeableConcept", prescription.path("medicationCodeableConcept"));
        intake.set("subject", FhirJson.reference("Patient/" + patient));
        intake.putArray("performer").addObject().set("actor", FhirJson.reference("Patient/" + patient));
        intake.set(
                "request",
                FhirJson.reference(
                        "MedicationRequest/" + prescription.path("id").asText()));
        return intake.put("effectiveDateTime", text(date, TIMES.get(0)));
    }

    private String text(LocalDate date, LocalTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(date.atTime(time).atZone(zone));
    }
}
