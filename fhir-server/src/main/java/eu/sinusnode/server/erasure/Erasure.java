package eu.sinusnode.server.erasure;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.server.audit.chain.ChainTable;
import eu.sinusnode.server.audit.store.AuditErasure;
import eu.sinusnode.server.fulltext.TextErasure;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Erases a person inside of the transaction that is running: either nothing is left in the database, or nothing has happened. */
class Erasure {

    private final PatientRows rows;
    private final OtherPatients others;
    private final LegalHolds holds;
    private final TextErasure text;
    private final ChainTable chain;
    private final AuditErasure audit;
    private final ErasedPersonTable erased;

    Erasure(
            PatientRows rows,
            OtherPatients others,
            LegalHolds holds,
            TextErasure text,
            ChainTable chain,
            AuditErasure audit,
            ErasedPersonTable erased) {
        this.rows = rows;
        this.others = others;
        this.holds = holds;
        this.text = text;
        this.chain = chain;
        this.audit = audit;
        this.erased = erased;
    }

    /**
     * What was erased.
     *
     * @param patients ids of the Patients who were this person; none when that had been done before
     * @param records how many records are gone, each with all its versions
     * @param accounts what the login server calls those who acted as this person
     */
    record Done(List<String> patients, long records, Set<String> accounts) {}

    /** Done already, it is done once more with what has come in since. */
    Done carryOut(String patientId, Instant now, RequestDetails request) {
        Set<UUID> person = locked(patientId, request);
        if (person.isEmpty()) {
            return new Done(List.of(), 0, Set.of());
        }
        if (holds.holdsOneOf(person, now)) {
            Decision.Deny held = new Decision.Deny(DenialCode.LEGAL_HOLD, "a legal hold keeps the patient's record");
            DenialLedger.note(request, held, patientId);
            throw Denials.exception(held, "Patient/" + patientId);
        }
        long records = rows.collect(person);
        text.eraseRecords(rows.withWords());
        person.forEach(text::erase);
        others.forget(person);
        Set<String> representatives = rows.ids("RelatedPerson");
        rows.delete(person);
        Set<String> accounts = forgetInAudit(person, representatives, now);
        return new Done(person.stream().map(UUID::toString).toList(), records, accounts);
    }

    /** For the rest of the transaction nobody adds to the audit, so it comes last. */
    private Set<String> forgetInAudit(Set<UUID> person, Set<String> representatives, Instant now) {
        chain.lock();
        Set<String> accounts = new TreeSet<>();
        List<String> references = new ArrayList<>();
        for (UUID patient : person) {
            accounts.addAll(audit.accounts(patient.toString(), representatives));
            audit.erase(patient.toString(), representatives, Set.of());
            references.add("Patient/" + patient);
        }
        representatives.forEach(representative -> references.add("RelatedPerson/" + representative));
        erased.put(references, now);
        return accounts;
    }

    private Set<UUID> locked(String patientId, RequestDetails request) {
        Optional<UUID> id = ResourceIds.parse(patientId);
        Set<UUID> person = id.isEmpty() ? Set.of() : rows.lock(id.get());
        if (person == null) {
            throw Problems.exception(RequestProblem.CHANGED_MEANWHILE);
        }
        if (person.isEmpty() && erased.among(List.of("Patient/" + patientId)).isEmpty()) {
            throw Unknown.patient(patientId, request);
        }
        return person;
    }
}
