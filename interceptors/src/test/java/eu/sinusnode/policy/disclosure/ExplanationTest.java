package eu.sinusnode.policy.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.consent.Target;
import eu.sinusnode.policy.disclosure.Explanation.Rule;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.Directives;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {

    private static final Code HEART_RATE = new Code(Codes.LOINC, Codes.HEART_RATE);
    private static final Code WEIGHT = new Code(Codes.LOINC, Codes.BODY_WEIGHT);

    private final DisclosurePolicy policy =
            new DisclosurePolicy(new AuthorizationPolicy(AccessMatrix.standard()), RecordVisibility.standard());

    /** Directives are p (permit) and d (deny) of a heart rate (h), of Observations (o) or of everything (e). */
    @ParameterizedTest
    @CsvSource({
        // who, what, signed, related, directives, permitted, rule, by, relationship
        "clinic,  Observation, true,  true,  pe,       true,  PERMITTED,     pe, true",
        "clinic,  Observation, true,  false, pe,       false, PERMITTED,     pe, false",
        "clinic,  Observation, true,  true,  pe do,    false, DENIED,        do, true",
        "clinic,  Observation, true,  false, pe do,    false, DENIED,        do, false",
        "clinic,  Observation, true,  true,  pe do ph, true,  PERMITTED,     ph, true",
        "clinic,  Observation, true,  true,  do,       false, NOT_PERMITTED, do, true",
        "clinic,  Observation, true,  true,  -,        false, NOT_PERMITTED, -,  true",
        "clinic,  Observation, true,  false, -,        false, NOT_PERMITTED, -,  false",
        "clinic,  Condition,   true,  true,  po,       false, NOT_PERMITTED, -,  true",
        "clinic,  Observation, false, true,  pe,       true,  PERMITTED,     pe, true",
        "insurer, Observation, true,  true,  pe,       true,  PERMITTED,     pe, true",
        "insurer, Observation, true,  false, pe,       false, PERMITTED,     pe, false",
        "insurer, Observation, false, true,  pe,       false, UNSIGNED,      -,  true",
        "insurer, Observation, false, true,  pe do,    false, DENIED,        do, true",
        "insurer, Condition,   true,  true,  pe,       false, NOT_OPEN,      -,  true",
        "insurer, Condition,   true,  false, pe,       false, NOT_OPEN,      -,  false",
        "job,     Observation, true,  false, pe,       true,  PERMITTED,     pe, -",
        "job,     Observation, true,  false, pe do,    false, DENIED,        do, -",
        "job,     CarePlan,    true,  false, pe,       false, NOT_OPEN,      -,  -",
    })
    void saysWhichRuleDecides(
            String who,
            String type,
            boolean signed,
            boolean related,
            String directives,
            boolean permitted,
            Rule rule,
            String by,
            String relationship) {
        Caller caller = caller(who);
        RecordFacts record =
                new RecordFacts(type, new Ownership.OfPatients(Set.of(World.ANNA)), Set.of(HEART_RATE), !signed);

        Explanation explained = policy.explain(caller, record, standing(caller, related, directives), World.NOW);

        assertThat(explained.permitted()).isEqualTo(permitted);
        assertThat(explained.rule()).isEqualTo(rule);
        assertThat(provision(explained.by())).isEqualTo(by);
        assertThat(explained.related()).isEqualTo(relationship.equals("-") ? null : Boolean.valueOf(relationship));
    }

    @Test
    void theJobHasItsOwnWorkForAsLongAsItIsPermittedAnything() {
        Caller job = caller("job");
        Code flag = ConsentPolicy.FLAG_CODES.iterator().next();
        RecordFacts own =
                new RecordFacts("Observation", new Ownership.OfPatients(Set.of(World.ANNA)), Set.of(flag), true);

        Explanation permitted = policy.explain(job, own, standing(job, false, "ph"), World.NOW);
        Explanation withdrawn = policy.explain(job, own, standing(job, false, "-"), World.NOW);

        assertThat(permitted).isEqualTo(new Explanation(true, Rule.OWN_WORK, null, null));
        assertThat(withdrawn).isEqualTo(new Explanation(false, Rule.NOT_PERMITTED, null, null));
    }

    /** Whatever the Consents say, the outcome is the one of the enforcement, and the rule and the link together say it. */
    @Test
    void theOutcomeIsWhatAReadIsAnsweredAndWhatRuleAndLinkSay() {
        Random random = new Random(37);
        List<String> words = List.of("pe", "po", "ph", "pw", "de", "do", "dh", "dw");
        Set<Rule> seen = EnumSet.noneOf(Rule.class);
        for (int i = 0; i < 20_000; i++) {
            List<String> drawn = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                drawn.add(words.get(random.nextInt(words.size())));
            }
            Caller caller = caller(List.of("clinic", "insurer", "job").get(random.nextInt(3)));
            RecordFacts record = new RecordFacts(
                    List.of("Observation", "Condition", "CarePlan").get(random.nextInt(3)),
                    new Ownership.OfPatients(Set.of(World.ANNA)),
                    random.nextBoolean() ? Set.of(HEART_RATE) : Set.of(),
                    random.nextInt(4) == 0);
            Standing standing = standing(caller, random.nextBoolean(), String.join(" ", drawn));

            Explanation explained = policy.explain(caller, record, standing, World.NOW);

            boolean read = policy.decide(caller, Interaction.READ, record, Map.of(World.ANNA, standing), World.NOW)
                    instanceof Decision.Permit;
            boolean ruled = (explained.rule() == Rule.PERMITTED || explained.rule() == Rule.OWN_WORK)
                    && !Boolean.FALSE.equals(explained.related());
            assertThat(explained.permitted())
                    .as(() -> caller.kind() + " " + record + " " + standing + " " + explained)
                    .isEqualTo(read)
                    .isEqualTo(ruled);
            seen.add(explained.rule());
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        Rule.NOT_OPEN, Rule.UNSIGNED, Rule.PERMITTED, Rule.DENIED, Rule.NOT_PERMITTED);
    }

    private static Caller caller(String who) {
        return Callers.caller(
                switch (who) {
                    case "clinic" -> Callers.clinicSystem(World.CLINIC);
                    case "insurer" -> Callers.insurer();
                    default -> Callers.job();
                });
    }

    private static Standing standing(Caller caller, boolean related, String words) {
        List<Directive> directives = new ArrayList<>();
        for (String word : words.split(" ")) {
            if (word.length() == 2) {
                directives.add(directive(caller, word));
            }
        }
        return new Standing(World.ANNA, related, directives);
    }

    private static Directive directive(Caller caller, String word) {
        Target target =
                switch (word.charAt(1)) {
                    case 'h' -> Directives.target("Observation", HEART_RATE);
                    case 'w' -> Directives.target("Observation", WEIGHT);
                    case 'o' -> Directives.target("Observation", null);
                    default -> Target.ALL;
                };
        String organization = String.valueOf(caller.organizationId());
        Purpose purpose = caller.purpose();
        Directive made = word.charAt(0) == 'p'
                ? Directives.permit(World.ANNA, organization, purpose, target)
                : Directives.deny(World.ANNA, organization, purpose, target);
        return new Directive(
                made.effect(),
                made.patientId(),
                made.consentId(),
                made.consentVersion(),
                word,
                made.actor(),
                made.purpose(),
                made.target(),
                made.validity());
    }

    private static String provision(@Nullable Directive by) {
        return by == null ? "-" : by.provision();
    }
}
