package eu.sinusnode.server.lane;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** Observations to start a test from. */
public final class Vitals {

    public static final String PATIENT = "11111111-1111-4111-8111-111111111111";
    public static final String MEASURED = "2026-10-25T07:30:15+01:00";

    private Vitals() {}

    public static Observation bloodPressure(String patient, double systolic, double diastolic) {
        Observation observation = vital(patient, Codes.BLOOD_PRESSURE_PANEL);
        observation
                .addComponent()
                .setCode(loinc(Codes.SYSTOLIC))
                .setValue(quantity(BigDecimal.valueOf(systolic), "mm[Hg]"));
        observation
                .addComponent()
                .setCode(loinc(Codes.DIASTOLIC))
                .setValue(quantity(BigDecimal.valueOf(diastolic), "mm[Hg]"));
        return observation;
    }

    public static Observation heartRate(String patient, double rate) {
        Observation observation = vital(patient, Codes.HEART_RATE);
        observation.setValue(quantity(BigDecimal.valueOf(rate), "/min"));
        return observation;
    }

    public static Observation weight(String patient, String value, String unit) {
        Observation observation = vital(patient, Codes.BODY_WEIGHT);
        observation.setValue(quantity(new BigDecimal(value), unit));
        return observation;
    }

    /** A final Observation with a new id in version 1 and no value. */
    public static Observation vital(String patient, String code) {
        Observation observation = new Observation();
        observation.setId("Observation/" + UUID.randomUUID() + "/_history/1");
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.addCategory().addCoding(new Coding(Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS, null));
        observation.setCode(loinc(code));
        observation.setSubject(new Reference("Patient/" + patient));
        observation.setEffective(new DateTimeType(MEASURED));
        observation
                .addIdentifier()
                .setSystem(Canonicals.VITAL_IDENTIFIER)
                .setValue(UUID.randomUUID().toString());
        return observation;
    }

    public static Observation at(Observation observation, String effective) {
        return observation.setEffective(new DateTimeType(effective));
    }

    public static Observation setting(Observation observation, String setting) {
        observation.addExtension(Canonicals.MEASUREMENT_SETTING, new CodeType(setting));
        return observation;
    }

    public static Device device(String id, String kind, String patient) {
        Device device = new Device();
        device.setId("Device/" + id + "/_history/1");
        device.setType(new CodeableConcept(new Coding(Canonicals.DEVICE_KINDS, kind, null)));
        device.setPatient(new Reference("Patient/" + patient));
        return device;
    }

    public static CodeableConcept loinc(String code) {
        return new CodeableConcept(new Coding(Codes.LOINC, code, null));
    }

    public static Quantity quantity(BigDecimal value, String ucum) {
        return new Quantity()
                .setValue(value)
                .setUnit(ucum)
                .setSystem(Codes.UCUM)
                .setCode(ucum);
    }
}
