package eu.sinusnode.server.audit.command;

import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;

/** The AuditEvent that says that somebody was unlinked from the audit. */
public final class ErasureEvent {

    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";

    private ErasureEvent() {}

    public static AuditEvent of(Instant now) {
        AuditEvent event = new AuditEvent();
        event.setId(UUID.randomUUID().toString());
        event.setType(new Coding(DICOM, "110101", "Audit Log Used"));
        event.addSubtype(new Coding(
                "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle",
                "deidentify",
                "De-Identify (Anononymize) Record Lifecycle Event"));
        event.setAction(AuditEventAction.D);
        event.setOutcome(AuditEventOutcome._0);
        event.setOutcomeDesc("the keys of one person were deleted");
        event.setRecordedElement(new InstantType(Date.from(now)));
        event.addAgent()
                .setRequestor(false)
                .setType(new CodeableConcept(new Coding(DICOM, "110150", "Application")))
                .setWho(new Reference().setDisplay("SinusNode audit command"));
        event.getSource().setObserver(new Reference().setDisplay("SinusNode audit command"));
        return event;
    }
}
