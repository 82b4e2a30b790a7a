package eu.sinusnode.policy.audit;

import org.hl7.fhir.r4.model.AuditEvent;

/** Where AuditEvents go. An event is durable when the call returns; a failure to store it must fail the request. */
public interface AuditSink {

    void record(AuditEvent event);
}
