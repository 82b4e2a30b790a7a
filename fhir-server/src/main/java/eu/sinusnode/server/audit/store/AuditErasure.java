package eu.sinusnode.server.audit.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Makes the audit events of a person unlinkable: the rows with the person's random ids and keys are deleted. The events
 * stay, and the chain over them holds; who they concern, which records, and from where a patient called or logged in is
 * gone with the keys.
 *
 * <p>Copies of the rows in backups last as long as the backups do.
 */
public final class AuditErasure {

    private final JdbcTemplate jdbc;
    private final SubjectTable subjects;
    private final EventOpener opener;

    public AuditErasure(DataSource dataSource, SubjectTable subjects, EventOpener opener) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.subjects = subjects;
        this.opener = opener;
    }

    /**
     * The person's accounts at the login server are known from what they did here.
     *
     * @param patientId whose events are unlinked
     * @param relatedPersonIds RelatedPersons of that patient, who may have acted for the patient
     * @param accounts further subjects at the login server, of somebody who logged in and did nothing here
     * @return how many rows there were
     */
    public int erase(String patientId, Collection<String> relatedPersonIds, Collection<String> accounts) {
        Set<String> references = persons(patientId, relatedPersonIds);
        accountsOf(references).forEach(account -> references.add(EventParts.SUBJECT + account));
        accounts.forEach(account -> references.add(EventParts.SUBJECT + account));
        return subjects.delete(references);
    }

    /** Subjects at the login server of those who acted as the patient or for the patient. */
    public Set<String> accounts(String patientId, Collection<String> relatedPersonIds) {
        return accountsOf(persons(patientId, relatedPersonIds));
    }

    private static Set<String> persons(String patientId, Collection<String> relatedPersonIds) {
        Set<String> references = new TreeSet<>();
        references.add("Patient/" + patientId);
        relatedPersonIds.forEach(id -> references.add("RelatedPerson/" + id));
        return references;
    }

    private Set<String> accountsOf(Set<String> references) {
        Set<String> accounts = new HashSet<>();
        jdbc.query(
                connection -> {
                    var select = connection.prepareStatement("SELECT " + EventOpener.COLUMNS + " FROM "
                            + EventOpener.FROM + " WHERE a.reference = ANY(?)");
                    select.setArray(1, connection.createArrayOf("text", references.toArray()));
                    return select;
                },
                row -> {
                    EventParts.requestor(opener.event(row))
                            .flatMap(EventParts::subjectOf)
                            .ifPresent(accounts::add);
                });
        return accounts;
    }
}
