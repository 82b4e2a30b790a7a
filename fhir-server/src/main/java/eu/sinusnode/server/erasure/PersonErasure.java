package eu.sinusnode.server.erasure;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.audit.chain.ChainTable;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import eu.sinusnode.server.audit.crypto.PurposeAuditKeys;
import eu.sinusnode.server.audit.store.AuditErasure;
import eu.sinusnode.server.audit.store.EventOpener;
import eu.sinusnode.server.audit.store.Recipients;
import eu.sinusnode.server.audit.store.SubjectTable;
import eu.sinusnode.server.export.PatientExports;
import eu.sinusnode.server.fulltext.table.TextTable;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.projection.RunningTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/** Takes a person out of the database, on the connection of the running transaction, for the server and for a command beside it. */
class PersonErasure {

    private final PatientRows rows;
    private final OtherPatients others;
    private final TextTable text;
    private final PatientExports exports;
    private final ChainTable chain;
    private final AuditErasure audit;
    private final Recipients recipients;
    private final ErasedPersonTable erased;

    PersonErasure(DataSource dataSource, PurposeKeys keys, PatientExports exports) {
        RunningTransaction transaction = new RunningTransaction(dataSource);
        AuditKeys auditKeys = new PurposeAuditKeys(keys);
        SubjectTable subjects = new SubjectTable(dataSource, auditKeys);
        this.rows = new PatientRows(transaction);
        this.others = new OtherPatients(transaction);
        this.text = new TextTable(transaction);
        this.exports = exports;
        this.chain = new ChainTable(dataSource);
        this.audit = new AuditErasure(dataSource, subjects, new EventOpener(FhirContext.forR4Cached(), subjects));
        this.recipients = new Recipients(dataSource, subjects);
        this.erased = new ErasedPersonTable(dataSource, new ErasureMarks(keys));
    }

    /**
     * What was erased.
     *
     * @param patients ids of the Patients who were this person; none when that had been done before
     * @param records how many records are gone, each with all its versions
     * @param accounts what the login server calls those who acted as this person or for it
     * @param exports that have ended, and whose files are to be removed
     * @param recipients ids of the Organizations to which something of the person was disclosed, and when last
     */
    record Done(
            List<String> patients,
            long records,
            Set<String> accounts,
            Set<UUID> exports,
            Map<String, Instant> recipients) {

        static final Done BEFORE = new Done(List.of(), 0, Set.of(), Set.of(), Map.of());
    }

    /** @param person who is {@link PatientRows#lock locked} */
    Done erase(Set<UUID> person, Instant now) {
        long records = rows.collect(person);
        text.forgetRecords(rows.withWords());
        person.forEach(text::forget);
        others.forget(person);
        Set<String> representatives = rows.ids("RelatedPerson");
        List<String> ids = new ArrayList<>(representatives);
        person.forEach(patient -> ids.add(patient.toString()));
        Set<UUID> ended = exports.end(person, ids);
        rows.delete(person);
        SortedMap<String, Instant> given = new TreeMap<>();
        Set<String> accounts = forgetInAudit(person, representatives, given, now);
        return new Done(person.stream().map(UUID::toString).toList(), records, accounts, ended, given);
    }

    /**
     * For the rest of the transaction nobody adds to the audit, so it comes last.
     *
     * @param given to whom something was disclosed, which nobody can find in the audit afterwards
     */
    private Set<String> forgetInAudit(
            Set<UUID> person, Set<String> representatives, SortedMap<String, Instant> given, Instant now) {
        chain.lock();
        Set<String> accounts = new TreeSet<>();
        List<String> references = new ArrayList<>();
        for (UUID patient : person) {
            recipients.of(patient.toString()).forEach((id, at) -> given.merge(id, at, Recipients::later));
            accounts.addAll(audit.accounts(patient.toString(), representatives));
            audit.erase(patient.toString(), representatives, Set.of());
            references.add("Patient/" + patient);
        }
        representatives.forEach(representative -> references.add("RelatedPerson/" + representative));
        erased.put(references, now);
        return accounts;
    }
}
