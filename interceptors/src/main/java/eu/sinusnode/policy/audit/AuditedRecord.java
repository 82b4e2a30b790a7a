package eu.sinusnode.policy.audit;

import org.jspecify.annotations.Nullable;

/**
 * A record that an entry is about.
 *
 * @param patientId whose it is, or null for a record of nobody (an Organization, an AuditEvent)
 * @param type FHIR resource type
 * @param id null when it was never stored, or when it stands for all records of the type
 * @param version null when it is not known
 */
public record AuditedRecord(
        @Nullable String patientId,
        String type,
        @Nullable String id,
        @Nullable String version) {}
