package eu.sinusnode.server.merging;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.narrowing.StoredReferences;
import eu.sinusnode.policy.validation.MergePolicy;
import eu.sinusnode.policy.validation.PatientLinks;
import eu.sinusnode.policy.validation.WriteChecks;
import eu.sinusnode.policy.validation.WriteIssue;
import eu.sinusnode.server.projection.PatientAccessTable;
import eu.sinusnode.server.projection.ResourceIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/** Decides on a merge and carries it out, inside of the transaction that is running. */
class PatientMerge {

    private final DaoRegistry daos;
    private final StoredRecords stored;
    private final SourceRecords sourceRecords;
    private final PatientAccessTable access;
    private final MergePolicy policy;
    private final MovedReferences references;
    private final WriteChecks checks;
    private final RequestScope scope;
    private final String serverBase;

    PatientMerge(
            DaoRegistry daos,
            StoredRecords stored,
            SourceRecords sourceRecords,
            PatientAccessTable access,
            MergePolicy policy,
            MovedReferences references,
            WriteChecks checks,
            RequestScope scope,
            String serverBase) {
        this.daos = daos;
        this.stored = stored;
        this.sourceRecords = sourceRecords;
        this.access = access;
        this.policy = policy;
        this.references = references;
        this.checks = checks;
        this.scope = scope;
        this.serverBase = serverBase;
    }

    /**
     * @param moved how many records move, beside the Patients
     * @param records what was written, for each of the two patients
     */
    record Done(int moved, List<AuditedRecord> records) {}

    private record Case(MergeRequest asked, Patient source, Patient target, Patient result, List<Resource> records) {}

    Done carryOut(MergeRequest asked, RequestDetails request) {
        sourceRecords.lock(asked.sourceId(), asked.targetId());
        References now = new StoredReferences(stored, serverBase);
        Patient source = writable(asked.sourceId(), now, request);
        Patient target = writable(asked.targetId(), now, request);
        refuse(policy.decidePatients(source, target), asked, request);
        List<Resource> records = records(asked, now, request);
        Patient result = asked.result() == null ? target.copy() : asked.result();
        PatientLinks.take(result, asked.sourceId());
        Case merge = new Case(asked, source, target, result, records);
        refuse(faults(merge, now, request), asked, request);
        List<Resource> moving = records.stream().filter(MergePolicy::moves).toList();
        List<AuditedRecord> written = new ArrayList<>();
        if (asked.preview()) {
            written.add(new AuditedRecord(asked.sourceId(), "Patient", asked.sourceId(), null));
            written.add(new AuditedRecord(asked.targetId(), "Patient", asked.targetId(), null));
        } else {
            store(merge, moving, now, request, written);
        }
        return new Done(moving.size(), written);
    }

    private List<WriteIssue> faults(Case merge, References now, RequestDetails request) {
        String sourceId = merge.asked().sourceId();
        String targetId = merge.asked().targetId();
        List<WriteIssue> issues = new ArrayList<>(policy.decideRecords(sourceId, merge.records(), now));
        if (sourceRecords.isRestricted(sourceId, targetId)) {
            issues.add(new WriteIssue(
                    DenialCode.RESTRICTED_MERGE, "Patient", "the record of source or target is restricted"));
        }
        if (merge.records().stream().anyMatch(MergePolicy::moves)) {
            issues.addAll(policy.decideAccess(
                    access(sourceId), access(targetId), scope.standings(request).at()));
            if (sourceRecords.shareVitals(sourceId, targetId)) {
                issues.add(new WriteIssue(
                        DenialCode.MERGE_RECORDS,
                        "Observation.identifier",
                        "source and target have a vital of the same identifier; delete one of the two"));
            }
        }
        if (merge.asked().result() != null) {
            issues.addAll(faultsOfResult(merge, now, request));
        }
        return issues;
    }

    private MergePolicy.Access access(String patientId) {
        UUID patient = ResourceIds.require("Patient", patientId);
        return new MergePolicy.Access(access.directives(patient), access.memberships(patient));
    }

    /** As an update of the target that already says whom it replaces. */
    private List<WriteIssue> faultsOfResult(Case merge, References now, RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        Patient before = merge.target().copy();
        PatientLinks.take(before, merge.asked().sourceId());
        RequestedWrite write = update(merge.result(), merge.asked().targetId());
        Decision content = checks.decideContent(caller, write, Optional.of(before), now, scope.standings(request));
        if (content instanceof Decision.Deny deny) {
            return List.of(new WriteIssue(deny.code(), "Patient", deny.reason()));
        }
        List<WriteIssue> issues =
                new ArrayList<>(checks.find(caller, write, Optional.of(before), now, scope.standings(request))
                        .issues());
        issues.addAll(policy.decidePatients(merge.source(), merge.result()));
        return issues;
    }

    private void store(
            Case merge, List<Resource> moving, References now, RequestDetails request, List<AuditedRecord> written) {
        String sourceId = merge.asked().sourceId();
        String targetId = merge.asked().targetId();
        sourceRecords.moveIdentifiers(sourceId, targetId);
        for (Resource record : moving) {
            references.rewrite(record, "Patient/" + sourceId, "Patient/" + targetId, now);
            AuditedRecord moved = update(record, targetId, request);
            written.add(moved);
            written.add(new AuditedRecord(sourceId, moved.type(), moved.id(), moved.version()));
        }
        for (Resource record : policy.following(merge.records(), now)) {
            written.add(new AuditedRecord(targetId, record.fhirType(), id(record), version(record)));
            written.add(new AuditedRecord(sourceId, record.fhirType(), id(record), version(record)));
        }
        boolean isNew = !PatientLinks.isReplaced(merge.source());
        PatientLinks.replace(merge.source(), targetId);
        written.add(update(merge.source(), sourceId, request));
        merge.result().setId(merge.target().getIdElement());
        AuditedRecord remaining = update(merge.result(), targetId, request);
        written.add(remaining);
        if (isNew) {
            written.add(provenance(remaining, request));
        }
    }

    /** Who merged them, beside the version of the target that says so. */
    private AuditedRecord provenance(AuditedRecord target, RequestDetails request) {
        Provenance merge = MergeProvenance.of(
                target.type() + "/" + target.id() + "/_history/" + target.version(),
                CurrentCaller.require(request),
                scope.standings(request).at());
        IIdType stored =
                daos.getResourceDao(Provenance.class).create(merge, request).getId();
        return new AuditedRecord(target.patientId(), "Provenance", stored.getIdPart(), stored.getVersionIdPart());
    }

    /** In place of the version that was decided on, and of no other. */
    @SuppressWarnings("unchecked")
    private AuditedRecord update(Resource record, String patientId, RequestDetails request) {
        record.setId(new IdType(record.fhirType(), id(record), version(record)));
        IFhirResourceDao<Resource> dao = (IFhirResourceDao<Resource>) daos.getResourceDao(record.fhirType());
        IIdType stored = dao.update(record, request).getId();
        return new AuditedRecord(patientId, record.fhirType(), stored.getIdPart(), stored.getVersionIdPart());
    }

    private List<Resource> records(MergeRequest asked, References now, RequestDetails request) {
        List<String> paths = sourceRecords.of(asked.sourceId(), MergePolicy.MOST_RECORDS + 1);
        if (paths.size() > MergePolicy.MOST_RECORDS) {
            refuse(
                    List.of(new WriteIssue(
                            DenialCode.MERGE_RECORDS,
                            "Patient",
                            "the source has more than " + MergePolicy.MOST_RECORDS + " records")),
                    asked,
                    request);
        }
        return paths.stream()
                .map(path -> now.find(path)
                        .orElseThrow(() -> new IllegalStateException("A record that was found is not stored.")))
                .toList();
    }

    /** A caller who may not write over the Patient is answered as for an unknown one. */
    private Patient writable(String patientId, References now, RequestDetails request) {
        String path = "Patient/" + patientId;
        Optional<Resource> found = now.find(path);
        Decision decision = found.isEmpty()
                ? new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "no such record is stored")
                : checks.decideStored(
                        CurrentCaller.require(request),
                        update(found.get(), patientId),
                        found,
                        now,
                        scope.standings(request));
        if (decision instanceof Decision.Deny deny) {
            DenialLedger.note(request, deny, found.isEmpty() ? null : patientId);
            throw Denials.exception(deny, path);
        }
        return (Patient) found.orElseThrow();
    }

    private static RequestedWrite update(Resource record, String id) {
        return new RequestedWrite(record.fhirType(), -1, Interaction.UPDATE, record, id, null, null, null, true);
    }

    private static void refuse(List<WriteIssue> issues, MergeRequest asked, RequestDetails request) {
        if (issues.isEmpty()) {
            return;
        }
        issues.stream()
                .map(issue -> new Decision.Deny(
                        issue.code(), "the merge was refused: " + issue.code().meaning()))
                .distinct()
                .forEach(deny -> {
                    DenialLedger.note(request, deny, asked.sourceId());
                    DenialLedger.note(request, deny, asked.targetId());
                });
        throw Denials.unprocessable(issues.stream()
                .map(issue -> issue.toIssue(issue.path().split("\\.", 2)[0]))
                .toList());
    }

    private static String id(Resource record) {
        return Objects.requireNonNull(record.getIdElement().getIdPart());
    }

    private static String version(Resource record) {
        String ofId = record.getIdElement().getVersionIdPart();
        return ofId == null ? record.getMeta().getVersionId() : ofId;
    }
}
