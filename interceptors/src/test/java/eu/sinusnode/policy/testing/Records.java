package eu.sinusnode.policy.testing;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.Date;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/** Builders of small records; each gives a new object that a test may change. */
public final class Records {

    private Records() {}

    public static <T extends Resource> T withId(T resource, String id) {
        resource.setId(id);
        return resource;
    }

    public static Patient patient(String id) {
        return withId(new Patient().setActive(true), id);
    }

    public static Observation heartRate(String patientId) {
        return vital(patientId, Codes.HEART_RATE, "/min", 64);
    }

    public static Observation bodyWeight(String patientId) {
        return vital(patientId, Codes.BODY_WEIGHT, "kg", 81);
    }

    public static Observation flag(String patientId, ObservationStatus status) {
        Observation flag = new Observation();
        flag.setStatus(status);
        flag.addCategory(concept(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG));
        flag.setCode(concept(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION));
        flag.setSubject(new Reference("Patient/" + patientId));
        flag.addIdentifier()
                .setSystem(Canonicals.RISK_FLAG_IDENTIFIER)
                .setValue(Codes.SUSPECTED_ATRIAL_FIBRILLATION + "|" + patientId);
        flag.setValue(concept(Codes.RISK_PROBABILITY, "high"));
        return flag;
    }

    public static Task signOff(String patientId, String flagId) {
        Task task = new Task();
        task.setStatus(Task.TaskStatus.REQUESTED);
        task.setIntent(Task.TaskIntent.ORDER);
        task.setCode(concept(Canonicals.TASK_CODES, Codes.SIGN_OFF));
        task.setFor(new Reference("Patient/" + patientId));
        task.setFocus(new Reference("Observation/" + flagId));
        return task;
    }

    public static Provenance provenance(String targetReference) {
        Provenance provenance = new Provenance();
        provenance.addTarget(new Reference(targetReference));
        return provenance;
    }

    public static Condition condition(String patientId, String code) {
        Condition condition = new Condition();
        condition.setSubject(new Reference("Patient/" + patientId));
        condition.setCode(concept(Codes.ICD_10_GM, code));
        return condition;
    }

    public static Device cuff(String patientId) {
        Device device = new Device();
        device.setPatient(new Reference("Patient/" + patientId));
        device.setType(concept(Canonicals.DEVICE_KINDS, Codes.CUFF));
        return device;
    }

    public static Device algorithm() {
        return new Device().setType(concept(Codes.SNOMED, Codes.SOFTWARE));
    }

    public static Binary intervals(String patientId) {
        Binary binary = new Binary();
        binary.setContentType("application/json");
        binary.setSecurityContext(new Reference("Patient/" + patientId));
        binary.setData(new byte[] {123, 125});
        return binary;
    }

    /** A document of one patient with these parts after its Composition. */
    public static Bundle document(String patientId, Resource... parts) {
        Composition composition = new Composition();
        composition.setStatus(CompositionStatus.FINAL);
        composition.setSubject(new Reference("Patient/" + patientId));
        composition.setType(concept(Codes.LOINC, "60591-5"));
        Bundle document = new Bundle().setType(BundleType.DOCUMENT);
        document.addEntry().setFullUrl("urn:uuid:0").setResource(composition);
        for (Resource part : parts) {
            document.addEntry().setResource(part);
        }
        return document;
    }

    /** An active Consent that permits nothing yet. */
    public static Consent consent(String patientId) {
        Consent consent = new Consent();
        consent.setStatus(ConsentState.ACTIVE);
        consent.setScope(concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"));
        consent.setPatient(new Reference("Patient/" + patientId));
        consent.addPerformer(new Reference("Patient/" + patientId));
        consent.getProvision().setType(ConsentProvisionType.DENY);
        return consent;
    }

    public static ProvisionComponent permit(Consent consent, String organizationId, String... purposes) {
        ProvisionComponent provision = consent.getProvision().addProvision().setType(ConsentProvisionType.PERMIT);
        provision
                .addActor()
                .setRole(concept(Codes.PARTICIPATION_TYPE, "IRCP"))
                .setReference(new Reference("Organization/" + organizationId));
        for (String purpose : purposes) {
            provision.addPurpose(new Coding(Codes.ACT_REASON, purpose, null));
        }
        return provision;
    }

    public static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    private static Observation vital(String patientId, String code, String unit, int value) {
        Observation vital = new Observation();
        vital.setStatus(ObservationStatus.FINAL);
        vital.addCategory(concept(Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS));
        vital.setCode(concept(Codes.LOINC, code));
        vital.setSubject(new Reference("Patient/" + patientId));
        vital.setEffective(new DateTimeType(Date.from(World.NOW.minusSeconds(3600))));
        vital.setValue(new Quantity().setValue(value).setSystem(Codes.UCUM).setCode(unit));
        vital.addIdentifier().setSystem(Canonicals.VITAL_IDENTIFIER).setValue(patientId + "-" + code);
        return vital;
    }
}
