package eu.sinusnode.policy.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Directive.Effect;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.consent.Target;
import eu.sinusnode.policy.consent.Validity;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionGroundsTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theSameFactsAreTheSameGroundsInWhateverOrderTheyCome() {
        Directive all = permit("anna", "c1", 1, null);
        Directive some = permit("anna", "c2", 1, "8867-4");
        assertThat(grounds(caller("system/*.rs"), standing("anna", true, all, some)))
                .isEqualTo(grounds(caller("system/*.rs"), standing("anna", true, some, all)))
                .hasSize(DecisionGrounds.LENGTH);
        assertThat(grounds(caller("system/*.rs"), standing("anna", true), standing("berta", true)))
                .isEqualTo(grounds(caller("system/*.rs"), standing("berta", true), standing("anna", true)));
        assertThat(grounds(caller("system/Observation.rs system/Patient.rs"), standing("anna", true)))
                .isEqualTo(grounds(caller("system/Observation.rs"), standing("anna", true)));
    }

    @Test
    void whateverADecisionLooksAtChangesThem() {
        byte[] before = grounds(caller("system/Observation.rs"), standing("anna", true, permit("anna", "c1", 1, null)));
        assertThat(before)
                .isNotEqualTo(grounds(caller("system/Observation.rs"), standing("anna", true)))
                .isNotEqualTo(grounds(
                        caller("system/Observation.rs"), standing("anna", false, permit("anna", "c1", 1, null))))
                .isNotEqualTo(
                        grounds(caller("system/Observation.rs"), standing("anna", true, permit("anna", "c1", 2, null))))
                .isNotEqualTo(grounds(
                        caller("system/Observation.rs"), standing("anna", true, permit("anna", "c1", 1, "8867-4"))))
                .isNotEqualTo(grounds(
                        caller("system/Observation.rs?category=http://x|vital-signs"),
                        standing("anna", true, permit("anna", "c1", 1, null))))
                .isNotEqualTo(grounds(
                        caller("system/Observation.rs"),
                        standing("anna", true, permit("anna", "c1", 1, null)),
                        standing("berta", true)));
    }

    private static byte[] grounds(Caller caller, Standing... owners) {
        return DecisionGrounds.of(caller, "Observation", Interaction.SEARCH, List.of(owners));
    }

    private static Standing standing(String patient, boolean related, Directive... permits) {
        return new Standing(patient, related, List.of(permits));
    }

    private static Directive permit(String patient, String consent, long version, @Nullable String code) {
        return new Directive(
                Effect.PERMIT,
                patient,
                consent,
                version,
                "provision",
                "Organization/org",
                Purpose.HPAYMT,
                new Target(null, code == null ? null : new Code("http://loinc.org", code), Set.of(), null, null),
                new Validity(FROM, null));
    }

    private static Caller caller(String scopes) {
        return new Caller(
                CallerKind.INSURER,
                "client",
                "subject",
                "jti",
                "org",
                "DE",
                null,
                Purpose.HPAYMT,
                null,
                null,
                Scopes.parse(scopes),
                Set.of());
    }
}
