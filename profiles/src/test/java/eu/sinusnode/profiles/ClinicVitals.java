package eu.sinusnode.profiles;

import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/** A device's vital sign as the system of a clinic passes it on: with its own number, who measured and during which stay. */
final class ClinicVitals {

    private ClinicVitals() {}

    static String of(String device) {
        Observation vital = (Observation) SharedValidator.parse(device);
        vital.addIdentifier()
                .setSystem("https://klinikum-mitte.de/sid/messwert")
                .setValue("clinic-0001");
        vital.getCategoryFirstRep().setText("Vitalzeichen").getCodingFirstRep().setDisplay("Vital Signs");
        vital.getCode().setText("Measured on the ward");
        vital.getSubject().setDisplay("Erika M.");
        vital.setEncounter(new Reference("Encounter/1"));
        vital.setIssuedElement(new InstantType("2026-05-04T10:00:00.123+02:00"));
        vital.addPerformer(new Reference("Practitioner/1").setDisplay("Nurse"));
        vital.addPerformer(new Reference("Organization/1"));
        return SharedValidator.FHIR.newJsonParser().setPrettyPrint(true).encodeResourceToString(vital);
    }
}
