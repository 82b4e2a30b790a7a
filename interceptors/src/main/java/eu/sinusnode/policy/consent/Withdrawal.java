package eu.sinusnode.policy.consent;

import eu.sinusnode.profiles.Canonicals;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;

/**
 * What a signed withdrawal makes of a Consent (Art. 7(3) GDPR): what it permitted ends, however specific it was. A Consent
 * that denies nothing becomes inactive. One that denies too stays active and keeps each deny, since without it another
 * Consent could open what it closed; a permit around a deny becomes a deny. So nothing is open afterwards that was closed
 * before. References are canonical, as in what is stored.
 */
public final class Withdrawal {

    private final ConsentCompiler compiler;

    private final EndedPermits ended;
    private final Reference document;

    private Withdrawal(ConsentCompiler compiler, EndedPermits ended, Reference document) {
        this.compiler = compiler;
        this.ended = ended;
        this.document = document;
    }

    /**
     * Of a Consent that the document names.
     *
     * @param document the Consent that holds the signed withdrawal
     */
    public static Withdrawal ofAll(ConsentCompiler compiler, Reference document) {
        return new Withdrawal(compiler, new EndedPermits(null), document);
    }

    /**
     * Of whatever an Organization is permitted, by its name or as one of a CareTeam.
     *
     * @param organization {@code Organization/id}
     */
    public static Withdrawal from(ConsentCompiler compiler, String organization, Reference document) {
        return new Withdrawal(compiler, new EndedPermits(organization), document);
    }

    /** Whether a Consent says nothing but that what was permitted ends: a root that denies, and no word beside. */
    public static boolean isOne(Consent consent) {
        ProvisionComponent root = consent.getProvision();
        return root.getType() == ConsentProvisionType.DENY && !root.hasProvision() && Provisions.isBare(root);
    }

    /** Whether a Consent closes anything that another one could open; a root that denies everybody everything does not. */
    public static boolean deniesSomething(Consent consent) {
        ProvisionComponent root = consent.getProvision();
        return !Provisions.permits(root) && !Provisions.isBare(root)
                || root.getProvision().stream().anyMatch(Provisions::hasDeny);
    }

    /** The Consents that a withdrawal names; none are all that permit its recorder's Organization something. */
    public static List<Reference> named(Consent withdrawal) {
        return withdrawal.getExtensionsByUrl(Canonicals.CONSENT_WITHDRAWS).stream()
                .map(Extension::getValue)
                .map(value -> value instanceof Reference reference ? reference : new Reference())
                .toList();
    }

    /**
     * The Consent as it is afterwards.
     *
     * @return empty when nothing of it is withdrawn; the Consent itself stays as it is
     */
    public Optional<Consent> of(Consent stored) {
        if (stored.getStatus() != ConsentState.ACTIVE || !ended.touch(stored.getProvision())) {
            return Optional.empty();
        }
        Consent left = stored.copy();
        ProvisionComponent root = left.getProvision();
        List<ProvisionComponent> roots = ended.takenOutOf(root);
        if (roots.size() > 1 || !roots.contains(root)) {
            root = new ProvisionComponent().setType(ConsentProvisionType.DENY).setProvision(roots);
            left.setProvision(root);
        }
        if (!Provisions.permits(root) && root.getProvision().isEmpty() && Provisions.isBare(root)) {
            return Optional.of(stored.copy().setStatus(ConsentState.INACTIVE));
        }
        if (ended.recipient() != null && compiler.compile(left, 1) instanceof Compilation.Refused) {
            // It is too large, or nested too deep, to say of one recipient apart: then it ends for all.
            return ofAll(compiler, document).of(stored);
        }
        // What was signed said something else; the version before keeps it.
        left.setSource(document.copy());
        left.setVerification(null);
        return Optional.of(left);
    }
}
