package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Permit;
import java.util.List;
import java.util.UUID;
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
    private final ConsentCompiler compiler;

    public PermitProjection(RunningTransaction transaction, ConsentCompiler compiler) {
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
                    transaction.batch(INSERT, permits(consent), permit -> row(id, permit));
                }
            }
        }
    }

    /** The write was checked before it was stored; one that comes on another way and cannot be enforced is refused here. */
    private List<Permit> permits(Consent consent) {
        Compilation compilation =
                compiler.compile(consent, consent.getIdElement().getVersionIdPartAsLong());
        if (compilation instanceof Compilation.Refused refused) {
            throw Denials.exception(
                    new Decision.Deny(DenialCode.CONSENT_WRITE, refused.path() + ": " + refused.reason()), "Consent");
        }
        return ((Compilation.Compiled) compilation).permits();
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
