package eu.sinusnode.policy.testing;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Directive.Effect;
import eu.sinusnode.policy.consent.Target;
import eu.sinusnode.policy.consent.Validity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Directives to start a test from. */
public final class Directives {

    private Directives() {}

    public static Directive permit(String patientId, String organizationId, Purpose purpose, Target target) {
        return of(Effect.PERMIT, patientId, organizationId, purpose, target, Validity.ALWAYS);
    }

    public static Directive deny(String patientId, String organizationId, Purpose purpose, Target target) {
        return of(Effect.DENY, patientId, organizationId, purpose, target, Validity.ALWAYS);
    }

    public static Directive of(
            Effect effect, String patientId, String organizationId, Purpose purpose, Target target, Validity validity) {
        return new Directive(
                effect,
                patientId,
                "consent-" + patientId,
                1,
                "provision.provision[0]",
                "Organization/" + organizationId,
                purpose,
                target,
                validity);
    }

    /** Records of a type with a code; null is every one. */
    public static Target target(@Nullable String type, @Nullable Code code) {
        return new Target(type, code, Set.of(), null, null);
    }
}
