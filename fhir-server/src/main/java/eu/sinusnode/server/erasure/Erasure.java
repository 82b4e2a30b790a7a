package eu.sinusnode.server.erasure;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Decides on an erasure and carries it out, inside of the transaction that is running. */
class Erasure {

    private final PatientRows rows;
    private final LegalHolds holds;
    private final ErasedPersonTable erased;
    private final PersonErasure erasure;

    Erasure(PatientRows rows, LegalHolds holds, ErasedPersonTable erased, PersonErasure erasure) {
        this.rows = rows;
        this.holds = holds;
        this.erased = erased;
        this.erasure = erasure;
    }

    PersonErasure.Done carryOut(String patientId, Instant now, RequestDetails request) {
        Optional<UUID> id = ResourceIds.parse(patientId);
        Set<UUID> person = id.isEmpty() ? Set.of() : rows.lock(id.get());
        if (person == null) {
            throw Problems.exception(RequestProblem.CHANGED_MEANWHILE);
        }
        if (person.isEmpty()) {
            if (erased.among(List.of("Patient/" + patientId)).isEmpty()) {
                throw Unknown.patient(patientId, request);
            }
            return PersonErasure.Done.BEFORE;
        }
        if (holds.holdsOneOf(person, now)) {
            Decision.Deny held = new Decision.Deny(DenialCode.LEGAL_HOLD, "a legal hold keeps the patient's record");
            DenialLedger.note(request, held, patientId);
            throw Denials.exception(held, "Patient/" + patientId);
        }
        return erasure.erase(person, now);
    }
}
