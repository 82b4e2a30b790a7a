package eu.sinusnode.server.audit.store;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the audit events of a person unlinkable: the row with the person's random id and key is deleted. The events stay,
 * and the chain over them holds; who they concern, which records, and from where a patient called is gone with the key.
 *
 * <p>Copies of the row in backups last as long as the backups do.
 */
public final class AuditErasure {

    private final SubjectTable subjects;

    public AuditErasure(SubjectTable subjects) {
        this.subjects = subjects;
    }

    /**
     * @param patientId whose events are unlinked
     * @param relatedPersonIds RelatedPersons of that patient, who may have acted for the patient
     * @return how many persons there were events of
     */
    public int erase(String patientId, Collection<String> relatedPersonIds) {
        Set<String> references = new TreeSet<>();
        references.add("Patient/" + patientId);
        relatedPersonIds.forEach(id -> references.add("RelatedPerson/" + id));
        return subjects.delete(references);
    }
}
