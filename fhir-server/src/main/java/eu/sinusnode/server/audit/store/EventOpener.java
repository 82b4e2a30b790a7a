package eu.sinusnode.server.audit.store;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.server.audit.crypto.PatientKey;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * Reads AuditEvents out of rows, with what is sealed put back where the person's key is still there. After an erasure those
 * parts say {@value SealedParts#ERASED}.
 */
public final class EventOpener {

    /** Columns that {@link #event} needs, from {@link #FROM}. */
    public static final String COLUMNS = "e.id, e.recorded, e.resource, e.sealed, e.agent_sealed, "
            + "e.subject, s.kid AS subject_kid, s.key AS subject_key, "
            + "e.agent_subject, a.kid AS agent_kid, a.key AS agent_key";

    public static final String FROM = "sinusnode.audit_event e "
            + "LEFT JOIN sinusnode.audit_subject s ON s.subject = e.subject "
            + "LEFT JOIN sinusnode.audit_subject a ON a.subject = e.agent_subject";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FhirContext context;
    private final SubjectTable subjects;

    public EventOpener(FhirContext context, SubjectTable subjects) {
        this.context = context;
        this.subjects = subjects;
    }

    public AuditEvent event(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        try {
            ObjectNode event = (ObjectNode) JSON.readTree(row.getString("resource"));
            putBack(
                    event,
                    row.getBytes("sealed"),
                    id,
                    EventSealer.CONCERNED,
                    subjects.key(row, "subject", "subject_kid", "subject_key"));
            putBack(
                    event,
                    row.getBytes("agent_sealed"),
                    id,
                    EventSealer.ACTOR,
                    subjects.key(row, "agent_subject", "agent_kid", "agent_key"));
            return context.newJsonParser().parseResource(AuditEvent.class, event.toString());
        } catch (IOException e) {
            throw new SQLException("A stored AuditEvent is no JSON.", e);
        }
    }

    private static void putBack(
            ObjectNode event, byte @Nullable [] sealed, UUID id, String part, Optional<PatientKey> key)
            throws IOException {
        if (sealed != null && key.isPresent()) {
            SealedParts.putBack(event, key.get().open(EventSealer.place(id, part), sealed));
        }
    }
}
