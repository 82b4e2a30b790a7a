package eu.sinusnode.server.lane;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestAudit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has the patients of an answer in the audit before the first byte of it is written. */
final class AuditedReadings implements ReadingSink {

    private static final String RULE = "consent";

    private final RequestDetails request;
    private final RequestAudit audit;
    private final ReadingSink readings;

    AuditedReadings(RequestDetails request, RequestAudit audit, ReadingSink readings) {
        this.request = request;
        this.audit = audit;
        this.readings = readings;
    }

    @Override
    public void begin(Map<String, Set<String>> types) throws IOException {
        audit.disclose(
                request,
                AuditedInteraction.BULK,
                RULE,
                types.entrySet().stream()
                        .flatMap(patient -> patient.getValue().stream()
                                .map(type -> new AuditedRecord(patient.getKey(), type, null, null)))
                        .toList());
        readings.begin(types);
    }

    @Override
    public void patient(String patientId, List<String> withheld, List<String> beside) throws IOException {
        readings.patient(patientId, withheld, beside);
    }

    @Override
    public void input(String patientId, String resource) throws IOException {
        readings.input(patientId, resource);
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
