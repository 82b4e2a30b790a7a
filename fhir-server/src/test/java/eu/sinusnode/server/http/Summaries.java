package eu.sinusnode.server.http;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/** What the analysis writes of those whose risks could not all be computed. */
final class Summaries {

    private static final String JOB = Records.id("summary-job");

    private Summaries() {}

    static Device job() {
        Device job = new Device();
        job.setId(JOB);
        job.setStatus(Device.FHIRDeviceStatus.ACTIVE);
        job.addDeviceName().setName("Risk scoring job").setType(Device.DeviceNameType.MODELNAME);
        job.setType(concept(Codes.SNOMED, Codes.SOFTWARE));
        job.addVersion().setValue("1.0.0");
        return job;
    }

    static Observation of(String patient) {
        Observation summary = new Observation();
        summary.addIdentifier()
                .setSystem(Canonicals.RISK_FLAG_IDENTIFIER)
                .setValue(Codes.NOT_COMPUTABLE_SUMMARY + "|" + patient);
        summary.setStatus(ObservationStatus.PRELIMINARY);
        summary.addCategory(concept(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG));
        summary.setCode(concept(Canonicals.OBSERVATION_CODES, Codes.NOT_COMPUTABLE_SUMMARY));
        summary.setSubject(new Reference("Patient/" + patient));
        summary.setEffective(new Period()
                .setStartElement(new DateTimeType("2026-10-23T12:00:00Z"))
                .setEndElement(new DateTimeType("2026-11-20T12:00:00Z")));
        summary.getIssuedElement().setValueAsString("2026-11-20T12:00:00.123Z");
        summary.setMethod(new CodeableConcept().setText("Risk scoring job 1.0.0"));
        summary.setDevice(new Reference("Device/" + JOB));
        summary.addComponent()
                .setCode(concept(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION))
                .setDataAbsentReason(concept("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown")
                        .setText("There is no recording of RR intervals."));
        summary.addNote().setText("There is no recording of RR intervals.");
        summary.addNote().setText("Not computable does not mean that there is no risk. A clinician decides.");
        return summary;
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }
}
