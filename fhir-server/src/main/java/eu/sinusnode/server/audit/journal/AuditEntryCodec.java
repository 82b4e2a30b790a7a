package eu.sinusnode.server.audit.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditOutcome;
import java.io.IOException;

/** An entry as one line of JSON. Fields that a later version adds do not stop this one from reading a journal. */
public final class AuditEntryCodec {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(AuditOutcome.class, OutcomeNames.class)
            .build();

    /** Which of the outcomes it is stands in a field of its own. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = AuditOutcome.Granted.class, name = "granted"),
        @JsonSubTypes.Type(value = AuditOutcome.Denied.class, name = "denied")
    })
    private interface OutcomeNames {}

    private AuditEntryCodec() {}

    public static byte[] write(AuditEntry entry) {
        try {
            return JSON.writeValueAsBytes(entry);
        } catch (IOException e) {
            throw new JournalException("An audit entry cannot be written as JSON.", e);
        }
    }

    /** @throws IOException when it is no entry */
    public static AuditEntry read(byte[] json) throws IOException {
        return JSON.readValue(json, AuditEntry.class);
    }
}
