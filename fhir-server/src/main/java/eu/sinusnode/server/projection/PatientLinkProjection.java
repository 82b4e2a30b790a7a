package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.PatientLinkComponent;

/** Keeps which Patients name each other, and the one that is named from being deleted. */
public class PatientLinkProjection implements Projection {

    private static final String DELETE = "DELETE FROM sinusnode.patient_link WHERE patient = ?";
    private static final String INSERT = """
            INSERT INTO sinusnode.patient_link (patient, other, type) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
            """;
    private static final String NAMED = "SELECT EXISTS (SELECT FROM sinusnode.patient_link WHERE other = ?)";

    private final RunningTransaction transaction;

    public PatientLinkProjection(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    private record Link(UUID other, String type) {}

    @Override
    public void apply(List<ResourceChange> changes) {
        List<UUID> deleted = new ArrayList<>();
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Patient patient) {
                UUID id = ResourceIds.require("Patient", change.id());
                if (change.kind() != ResourceChange.Kind.CREATED) {
                    transaction.update(DELETE, id);
                }
                if (change.isDeletion()) {
                    deleted.add(id);
                } else {
                    transaction.batch(INSERT, links(patient), link -> new Object[] {id, link.other(), link.type()});
                }
            }
        }
        // Two who name each other may go together.
        if (deleted.stream().anyMatch(this::isNamed)) {
            throw Problems.exception(RequestProblem.STILL_REFERENCED);
        }
    }

    private boolean isNamed(UUID patient) {
        return Boolean.TRUE.equals(transaction.queryForObject(NAMED, Boolean.class, patient));
    }

    private static List<Link> links(Patient patient) {
        return patient.getLink().stream()
                .map(PatientLinkProjection::link)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Link> link(PatientLinkComponent link) {
        return ResourceIds.referenced(link.getOther(), "Patient")
                .flatMap(ResourceIds::parse)
                .map(other ->
                        new Link(other, Objects.requireNonNull(link.getType()).toCode()));
    }
}
