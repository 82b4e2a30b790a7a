package eu.sinusnode.policy.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.consent.Bond;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Confidentiality;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Sensitivity;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.consent.Target;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.Directives;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That an export gives every signed record of a type is never said where one would be refused. */
class EachSignedTest {

    private static final String TYPE = "Observation";
    private static final String RECORD = "0b1c8a1e-96a0-4a65-8f39-2a2d1c1f9f10";
    private static final Code HEART_RATE = new Code(Codes.LOINC, Codes.HEART_RATE);
    private static final Code WEIGHT = new Code(Codes.LOINC, Codes.BODY_WEIGHT);
    private static final Code VERY_RESTRICTED = new Code(Confidentiality.SYSTEM, "V");
    private static final Code RESTRICTED = new Code(Confidentiality.SYSTEM, "R");
    private static final Code HIV = Sensitivity.of("HIV");
    private static final Validity LAST_YEAR =
            new Validity(World.NOW.minus(Duration.ofDays(500)), World.NOW.minus(Duration.ofDays(300)));
    private static final Validity LATELY = new Validity(World.NOW.minus(Duration.ofDays(90)), null);

    private static final List<Target> TARGETS = List.of(
            Target.ALL,
            Target.ALL,
            Directives.target(TYPE, null),
            Directives.target("Condition", null),
            Directives.target(TYPE, HEART_RATE),
            Directives.target(TYPE, WEIGHT),
            new Target(null, null, Set.of(RESTRICTED), null, null),
            new Target(null, null, Set.of(VERY_RESTRICTED), null, null),
            new Target(TYPE, null, Set.of(HIV), null, null),
            new Target(null, null, Set.of(), LAST_YEAR, null),
            new Target(TYPE, HEART_RATE, Set.of(), LATELY, null),
            new Target(TYPE, null, Set.of(), null, TYPE + "/" + RECORD),
            new Target(TYPE, null, Set.of(), null, null, new Bond(Bond.Kind.AUTHORED_BY, "Practitioner/x")),
            new Target(null, null, Set.of(), null, null, new Bond(Bond.Kind.RELATED, "Encounter/e")));

    private final DisclosurePolicy policy =
            new DisclosurePolicy(new AuthorizationPolicy(AccessMatrix.standard()), RecordVisibility.standard());
    private final Random random = new Random(76);

    @Test
    void whateverTheRulesAreAndTheRecordSays() {
        int each = 0;
        for (int i = 0; i < 30_000; i++) {
            Caller caller =
                    Callers.caller(random.nextBoolean() ? Callers.insurer() : Callers.clinicSystem(World.CLINIC));
            Standing standing = standing(caller);
            if (!policy.exportsEachSigned(caller, TYPE, standing, World.NOW)) {
                continue;
            }
            each++;
            RecordFacts record = record();
            assertThat(policy.decideExport(caller, record, Map.of(World.ANNA, standing), World.NOW))
                    .as(() -> record + " " + standing)
                    .isInstanceOf(Decision.Permit.class);
        }
        assertThat(each).isGreaterThan(3_000);
    }

    @Test
    void whoPermitsEverythingIsExportedUnasked() {
        Caller insurer = Callers.caller(Callers.insurer());
        Directive everything = directive(insurer, true, Target.ALL);
        Directive noWeight = directive(insurer, false, Directives.target(TYPE, WEIGHT));

        assertThat(exportsEach(insurer, new Standing(World.ANNA, true, List.of(everything))))
                .isTrue();
        assertThat(exportsEach(insurer, new Standing(World.ANNA, false, List.of(everything))))
                .as("not linked")
                .isFalse();
        assertThat(exportsEach(insurer, new Standing(World.ANNA, true, List.of(everything), null, true)))
                .as("restricted")
                .isFalse();
        assertThat(exportsEach(insurer, new Standing(World.ANNA, true, List.of(everything, noWeight))))
                .as("without one code")
                .isFalse();
        assertThat(policy.exportsEachSigned(
                        insurer, "Condition", new Standing(World.ANNA, true, List.of(everything)), World.NOW))
                .as("a type that is not open")
                .isFalse();
    }

    private boolean exportsEach(Caller caller, Standing standing) {
        return policy.exportsEachSigned(caller, TYPE, standing, World.NOW);
    }

    private Standing standing(Caller caller) {
        List<Directive> directives = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            directives.add(directive(caller, random.nextInt(3) > 0, TARGETS.get(random.nextInt(TARGETS.size()))));
        }
        return new Standing(World.ANNA, random.nextInt(10) > 0, directives, null, random.nextInt(20) == 0);
    }

    private static Directive directive(Caller caller, boolean permits, Target target) {
        String organization = String.valueOf(caller.organizationId());
        return permits
                ? Directives.permit(World.ANNA, organization, caller.purpose(), target)
                : Directives.deny(World.ANNA, organization, caller.purpose(), target);
    }

    private RecordFacts record() {
        Set<Code> labels = List.of(Set.<Code>of(), Set.of(RESTRICTED), Set.of(VERY_RESTRICTED), Set.of(HIV, RESTRICTED))
                .get(random.nextInt(4));
        return new RecordFacts(
                TYPE,
                random.nextBoolean() ? RECORD : "another",
                new Ownership.OfPatients(Set.of(World.ANNA)),
                Map.of("code", random.nextBoolean() ? Set.of(HEART_RATE.token()) : Set.of()),
                labels,
                random.nextBoolean() ? LAST_YEAR : null,
                false);
    }
}
