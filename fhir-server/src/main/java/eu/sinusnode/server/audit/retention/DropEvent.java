package eu.sinusnode.server.audit.retention;

import eu.sinusnode.server.audit.chain.Retention;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.Period;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;

/** The AuditEvent that says a month of AuditEvents was dropped. */
final class DropEvent {

    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";

    private DropEvent() {}

    static AuditEvent of(Retention.Expired month, Period retention, Instant now) {
        AuditEvent event = new AuditEvent();
        event.setId(UUID.nameUUIDFromBytes(
                        ("drop " + month.month() + " " + now.toEpochMilli()).getBytes(StandardCharsets.UTF_8))
                .toString());
        event.setType(new Coding(DICOM, "110101", "Audit Log Used"));
        event.addSubtype(new Coding(
                "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle",
                "destroy",
                "Destroy/Delete Record Lifecycle Event"));
        event.setAction(AuditEventAction.D);
        event.setOutcome(AuditEventOutcome._0);
        event.setOutcomeDesc("retention " + retention + " passed");
        event.setRecordedElement(new InstantType(Date.from(now)));
        event.addAgent()
                .setRequestor(false)
                .setType(new CodeableConcept(new Coding(DICOM, "110150", "Application")))
                .setWho(new Reference().setDisplay("SinusNode audit retention"));
        event.getSource().setObserver(new Reference().setDisplay("SinusNode audit retention"));
        event.addEntity().setName("AuditEvents of " + month.month()).setDescription(month.events() + " events");
        return event;
    }
}
