package eu.sinusnode.server.projection;

import eu.sinusnode.policy.consent.Permit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Consent;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the permits of every Consent that a transaction stores. A withdrawal therefore holds for every request that
 * starts after its acknowledgement.
 */
public class PermitProjection implements Projection {

    private static final String DELETE = "DELETE FROM sinusnode.permit WHERE consent = ?";
    private static final String INSERT = """
            INSERT INTO sinusnode.permit (patient, consent, consent_version, provision, organization, purpose,
                resource_type, code_system, code, valid_from, valid_to)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final RunningTransaction transaction;
    private final Function<Consent, List<Permit>> compiler;

    /** @param compiler gives the permits of a stored Consent, none when it is not active */
    public PermitProjection(RunningTransaction transaction, Function<Consent, List<Permit>> compiler) {
        this.transaction = transaction;
        this.compiler = compiler;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Consent consent) {
                UUID id = ResourceIds.require("Consent", change.id());
                transaction.update(DELETE, id);
                if (!change.isDeletion()) {
                    transaction.batch(INSERT, compiler.apply(consent), permit -> row(id, permit));
                }
            }
        }
    }

    private static @Nullable Object[] row(UUID consent, Permit permit) {
        return new @Nullable Object[] {
            ResourceIds.require("the Consent's Patient", permit.patientId()),
            consent,
            permit.consentVersion(),
            permit.provision(),
            ResourceIds.require("the Consent's Organization", permit.organizationId()),
            permit.purpose().name(),
            permit.resourceType(),
            permit.codeSystem(),
            permit.code(),
            Validity.from(permit.validFrom()),
            Validity.to(permit.validTo())
        };
    }
}
