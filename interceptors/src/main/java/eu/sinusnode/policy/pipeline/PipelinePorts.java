package eu.sinusnode.policy.pipeline;

import eu.sinusnode.policy.access.Patches;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.policy.audit.ValueKey;
import eu.sinusnode.policy.consent.Openings;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.disclosure.GateMetrics;
import eu.sinusnode.policy.narrowing.CallerLookup;
import eu.sinusnode.policy.narrowing.SentRecords;
import eu.sinusnode.policy.narrowing.StoredSearch;
import eu.sinusnode.policy.narrowing.WideRows;
import eu.sinusnode.policy.narrowing.words.FullText;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import eu.sinusnode.policy.residency.PractitionerDirectory;
import eu.sinusnode.policy.validation.ProfileCheck;
import java.time.Clock;
import java.util.Collection;
import org.hl7.fhir.r4.model.SearchParameter;

/**
 * What the server gives the pipeline: the database behind narrow interfaces, the validator, and the time.
 *
 * @param searchParameters R4's and the server's own definitions, in any order
 */
public record PipelinePorts(
        PermitDirectory permits,
        Openings openings,
        StoredRecords storedRecords,
        StoredSearch storedSearch,
        WideRows wideRows,
        SentRecords sentRecords,
        Patches patches,
        Collection<SearchParameter> searchParameters,
        OrganizationDirectory organizations,
        CallerLookup callers,
        PractitionerDirectory practitioners,
        ProfileCheck profileCheck,
        AuditSink auditSink,
        ValueKey valueKey,
        GateMetrics gateMetrics,
        FullText fullText,
        Clock clock) {}
