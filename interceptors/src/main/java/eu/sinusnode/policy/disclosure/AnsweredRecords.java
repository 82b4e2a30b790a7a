package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.narrowing.RecordOwners;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The records in an answer, with whose they are. One that belongs to several patients is listed for each of them. */
final class AnsweredRecords {

    private final RecordOwners owners;

    AnsweredRecords(RecordOwners owners) {
        this.owners = owners;
    }

    List<AuditedRecord> of(@Nullable IBaseResource answer) {
        List<AuditedRecord> records = new ArrayList<>();
        collect(answer, records);
        return records;
    }

    private void collect(@Nullable IBaseResource answer, List<AuditedRecord> records) {
        if (answer instanceof Bundle bundle && DisclosureGate.isEnvelope(bundle)) {
            for (BundleEntryComponent entry : bundle.getEntry()) {
                collect(entry.getResource(), records);
            }
        } else if (answer instanceof Parameters parameters) {
            parameters.getParameter().forEach(parameter -> collect(parameter, records));
        } else if (answer instanceof Resource resource && !(resource instanceof OperationOutcome)) {
            add(resource, records);
        }
    }

    private void collect(ParametersParameterComponent parameter, List<AuditedRecord> records) {
        collect(parameter.getResource(), records);
        parameter.getPart().forEach(part -> collect(part, records));
    }

    private void add(Resource resource, List<AuditedRecord> records) {
        String id = resource.getIdElement().getIdPart();
        if (resource instanceof Group group) {
            // It belongs to its organization and tells of each member that the person is one.
            group.getMember().stream()
                    .map(member -> member.getEntity().getReferenceElement().getIdPart())
                    .forEach(patient -> records.add(new AuditedRecord(patient, "Group", id, null)));
        }
        records.addAll(of(owners.of(resource, Optional.ofNullable(id)), resource.fhirType(), id, version(resource)));
    }

    /** One line an owner, or one line of nobody. */
    static List<AuditedRecord> of(Ownership owner, String type, @Nullable String id, @Nullable String version) {
        return owner instanceof Ownership.OfPatients some
                ? some.patientIds().stream()
                        .map(patient -> new AuditedRecord(patient, type, id, version))
                        .toList()
                : List.of(new AuditedRecord(null, type, id, version));
    }

    static @Nullable String version(Resource resource) {
        String ofId = resource.getIdElement().getVersionIdPart();
        return ofId == null ? resource.getMeta().getVersionId() : ofId;
    }
}
