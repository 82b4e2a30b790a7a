package eu.sinusnode.policy.pipeline;

import eu.sinusnode.policy.access.Patches;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.ValueKey;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.disclosure.GateMetrics;
import eu.sinusnode.policy.narrowing.words.FullText;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import eu.sinusnode.policy.residency.PractitionerDirectory;
import eu.sinusnode.policy.validation.ProfileCheck;
import java.time.Clock;

/** What the server gives the pipeline: the database behind narrow interfaces, the validator, and the time. */
public record PipelinePorts(
        PermitDirectory permits,
        StoredRecords storedRecords,
        RecordSearch recordSearch,
        Patches patches,
        OrganizationDirectory organizations,
        PractitionerDirectory practitioners,
        ProfileCheck profileCheck,
        AuditSink auditSink,
        ValueKey valueKey,
        GateMetrics gateMetrics,
        FullText fullText,
        Clock clock) {}
