package eu.sinusnode.server.breakglass;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;

/** {@code POST [base]/Patient/[id]/$end-break-glass}: the administrator closes the record to everybody who has opened it. */
public final class EndBreakGlassOperation {

    static final String NAME = "$end-break-glass";

    private final BreakGlassTable table;
    private final Clock clock;

    EndBreakGlassOperation(BreakGlassTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    @Operation(name = NAME, type = Patient.class)
    public Parameters end(@IdParam IdType patient, RequestDetails request) {
        String patientId = patient.getIdPart();
        Optional<UUID> id = ResourceIds.parse(patientId);
        int ended = id.isEmpty() ? 0 : table.endAll(id.get(), clock.instant());
        if (ended > 0) {
            DisclosureLedger.permittedBy(request, "break-glass closed by the administrator");
            DisclosureLedger.note(
                    request,
                    AuditedInteraction.OPERATION,
                    null,
                    List.of(new AuditedRecord(patientId, "Patient", patientId, null)));
        }
        return answer(ended);
    }

    /** The same for a patient who is not here. */
    static Parameters answer(int ended) {
        Parameters answer = new Parameters();
        answer.addParameter("ended", new IntegerType(ended));
        return answer;
    }
}
