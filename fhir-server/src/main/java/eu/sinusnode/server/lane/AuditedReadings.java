package eu.sinusnode.server.lane;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestAudit;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the patients of an answer in the audit before the first byte of it is written. */
final class AuditedReadings implements ReadingSink {

    private static final String RULE = "consent";
    private static final String TYPE = "Observation";

    private final RequestDetails request;
    private final RequestAudit audit;
    private final ReadingSink readings;

    AuditedReadings(RequestDetails request, RequestAudit audit, ReadingSink readings) {
        this.request = request;
        this.audit = audit;
        this.readings = readings;
    }

    @Override
    public void begin(List<String> patientIds) throws IOException {
        audit.disclose(
                request,
                AuditedInteraction.BULK,
                RULE,
                patientIds.stream()
                        .map(patient -> new AuditedRecord(patient, TYPE, null, null))
                        .toList());
        readings.begin(patientIds);
    }

    @Override
    public void patient(String patientId, List<String> withheld, List<String> beside) throws IOException {
        readings.patient(patientId, withheld, beside);
    }

    @Override
    public void reading(StoredReading reading) throws IOException {
        readings.reading(reading);
    }

    @Override
    public void end(@Nullable String last, boolean more, long sequence) throws IOException {
        readings.end(last, more, sequence);
    }
}
