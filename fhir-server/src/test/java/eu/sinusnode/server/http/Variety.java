package eu.sinusnode.server.http;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** Vital signs of the plainest form, in all their variety. */
public final class Variety {

    private Variety() {}

    /** Each kind of vital sign, and each part that a clinic's system may add. */
    public static List<Observation> of(String name) {
        Observation rich = pressure(name, 142, 91);
        rich.addIdentifier().setSystem("https://clinic.de/vitals").setValue("a\\b|c Ä");
        rich.addIdentifier().setSystem("urn:oid:1.2.276.0.76.4").setValue("a\\b|c");
        rich.getMeta().addProfile(Canonicals.BASE + "/StructureDefinition/sinusnode-blood-pressure");
        rich.getCode().setText("Blutdruck \\ \"früh\"").getCodingFirstRep().setDisplay("Blood pressure");
        rich.getCategoryFirstRep().setText("Vitalzeichen");
        rich.setEncounter(new Reference("Encounter/" + Records.id(name + "-encounter")).setDisplay("Visite"));
        rich.addPerformer(new Reference("Practitioner/" + Records.PRACTITIONER));
        rich.addPerformer(new Reference("Organization/" + Records.CLINIC));
        rich.setIssuedElement(new InstantType("2026-03-29T01:30:00.123+01:00"));
        rich.setEffective(new DateTimeType("2026-03-29T03:00:00.5+02:00"));
        Observation bare = pressure(name, 118, 76);
        bare.setIdentifier(null).setDevice(null).setExtension(null);
        bare.setEffective(new DateTimeType("2025-12-31T23:59:59Z"));
        Observation amended = one(name, "8867-4", "71", "/min").setStatus(ObservationStatus.AMENDED);
        Observation saturation = one(name, "2708-6", "97.50", "%");
        Observation pulse = one(name, "2708-6", "96", "%");
        pulse.getCode().addCoding().setSystem(Codes.LOINC).setCode(Codes.PULSE_OXIMETRY);
        pulse.getIdentifierFirstRep().setValue(name + "-pulse");
        return Stream.of(
                        rich,
                        bare,
                        amended,
                        saturation,
                        pulse,
                        one(name, "40443-4", "58", "/min"),
                        one(name, "9279-1", "14", "/min"),
                        one(name, "8310-5", "36.8", "Cel"),
                        one(name, "8302-2", "178", "cm"),
                        one(name, "39156-5", "24.9", "kg/m2"),
                        one(name, "29463-7", "81.3", "kg"))
                .toList();
    }

    /** A blood pressure, an hour ago. */
    static Observation pressure(String name, int systolic, int diastolic) {
        Observation pressure = one(name, Codes.BLOOD_PRESSURE_PANEL, "1", "mm[Hg]");
        pressure.setValue(null);
        pressure.getIdentifierFirstRep().setValue(name + "-pressure" + (systolic == 131 ? "" : "-" + systolic));
        part(pressure, Codes.SYSTOLIC, systolic);
        part(pressure, Codes.DIASTOLIC, diastolic);
        return pressure;
    }

    private static void part(Observation pressure, String code, int value) {
        pressure.addComponent()
                .setValue(quantity(String.valueOf(value), "mm[Hg]"))
                .getCode()
                .addCoding()
                .setSystem(Codes.LOINC)
                .setCode(code);
    }

    private static Observation one(String name, String code, String value, String unit) {
        Observation vital = Records.heartRate(Records.id(name), Records.id(name + "-cuff"), name + "-" + code);
        vital.getCode().getCodingFirstRep().setCode(code);
        vital.setValue(quantity(value, unit));
        return vital;
    }

    private static Quantity quantity(String value, String unit) {
        return new Quantity()
                .setValue(new BigDecimal(value))
                .setUnit(unit)
                .setSystem(Codes.UCUM)
                .setCode(unit);
    }
}
