package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Directive.Effect;
import eu.sinusnode.policy.consent.Ruling.Rule;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One table a rule: which directives there are, and what they say of a heart rate of June 2020. */
class ConsentRulesTest {

    private static final Code HEART_RATE = new Code(Codes.LOINC, Codes.HEART_RATE);
    private static final Code RESTRICTED = new Code(Confidentiality.SYSTEM, "R");
    private static final Code HIV = new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HIV");
    private static final Validity JUNE = period("2020-06-01T00:00:00Z", "2020-07-01T00:00:00Z");
    private static final Validity YEAR = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    private static final Validity MEASURED = period("2020-06-10T10:00:00Z", "2020-06-10T10:00:01Z");
    private static final Bonds BONDS =
            new Bonds(Set.of("Practitioner/x"), true, Set.of("Observation/1", "Encounter/e"), Set.of("Encounter"));
    private static final ConsentedRecord RECORD =
            new ConsentedRecord("Observation", "Observation/1", Set.of(HEART_RATE), Set.of(), MEASURED, BONDS);
    private static final ConsentRequest CLINIC =
            new ConsentRequest(Set.of("Organization/clinic", "Practitioner/ada"), Purpose.TREAT);

    /** Words of a directive: + permits, - denies; c the clinic, T treatment, O Observations, h heart rates, y the year, i the record. */
    @ParameterizedTest
    @CsvSource({
        "'', NOT_PERMITTED",
        "'-', NOT_PERMITTED",
        "'- +cT', PERMITTED",
        "'+cT', PERMITTED",
        "'+cP', NOT_PERMITTED",
        "'+oT', NOT_PERMITTED",
        "'- -cTO', NOT_PERMITTED",
        // The more specific wins, whichever it is.
        "'+cT -cTO', DENIED",
        "'-cT +cTO', PERMITTED",
        "'+cT -cTO +cTOh', PERMITTED",
        "'+cT -cTO +cTOh -cTOhy', DENIED",
        "'+cT -cTO +cTOh -cTOhy +cTOhyi', PERMITTED",
        "'-c +cT', PERMITTED",
        "'-T +cT', PERMITTED",
        "'-O +cT', DENIED",
        "'-O +cTO', PERMITTED",
        // Ties deny: the same words, or words that say different things.
        "'+cT -cT', DENIED",
        "'+cTO -cTO', DENIED",
        "'+cTh -cTO', DENIED",
        "'+cTO -cTh', DENIED",
        "'+cTi -cTh', DENIED",
        "'+cTh -cTO +cTOh', PERMITTED",
        "'+cTOh +cTh -cTOi', DENIED",
        // By its author, and by the stay it belongs to; a is of somebody else, and s another stay.
        "'+cT -cTA', DENIED",
        "'+cTA', PERMITTED",
        "'-cT +cTA', PERMITTED",
        "'+cTO -cTA', DENIED",
        "'+cTA -cTS', DENIED",
        "'+cTS -cT', PERMITTED",
        "'+cT -cTOS +cTOhS', PERMITTED",
        "'+cT -cTa', PERMITTED",
        "'+cTa', NOT_PERMITTED",
        "'+cT -cTs', PERMITTED",
        "'+cTs', NOT_PERMITTED",
        // What does not apply does not count.
        "'+cT -oT', PERMITTED",
        "'+cT -cP', PERMITTED",
        "'+cT -cTC', PERMITTED",
        "'+cT -cTw', PERMITTED",
        "'+cT -cTj', PERMITTED",
    })
    void theMoreSpecificWinsAndTiesDeny(String directives, Rule rule) {
        assertThat(ConsentRules.decide(all(directives), CLINIC, RECORD, World.NOW)
                        .rule())
                .isEqualTo(rule);
    }

    /** In the same words: whether all Observations are permitted, so that none being there means that there is none. */
    @ParameterizedTest
    @CsvSource({
        "'', false",
        "'-', false",
        "'+cT', true",
        "'+cTO', true",
        "'- +cT', true",
        "'+cT -cTC', true",
        "'+cT -oT', true",
        "'+cT -cP', true",
        "'+cTC', false",
        "'+oT', false",
        // A permit of a part is not one of all.
        "'+cTh', false",
        "'+cTOh', false",
        "'+cTy', false",
        "'+cTi', false",
        // Nor is all permitted of which a part is denied, whatever else is permitted.
        "'+cT -cTO', false",
        "'+cT -cTh', false",
        "'+cT -cTOw', false",
        "'+cT -cTy', false",
        "'+cT -cTj', false",
        "'+cT -cTOh +cTOhy', false",
    })
    void allOfATypeIsPermittedWhenNoPartOfItIsDenied(String directives, boolean expected) {
        assertThat(ConsentRules.permitAll(all(directives), CLINIC, "Observation", World.NOW))
                .isEqualTo(expected);
    }

    @Test
    void aDenialOfALabelIsOneOfAPart() {
        List<Directive> directives = List.of(
                of(Effect.PERMIT, "Organization/clinic", Target.ALL),
                of(
                        Effect.DENY,
                        "Organization/clinic",
                        new Target("Observation", null, Set.of(RESTRICTED), null, null)));

        assertThat(ConsentRules.permitAll(directives, CLINIC, "Observation", World.NOW))
                .isFalse();
        assertThat(ConsentRules.permitAll(directives, CLINIC, "Condition", World.NOW))
                .isTrue();
    }

    /** What is restricted, or of a sensitivity, is not about what a permit of the normal ones is about. */
    @Test
    void aPermitOfALabelIsNotOneOfAll() {
        for (Code label : List.of(new Code(Confidentiality.SYSTEM, "N"), RESTRICTED, HIV)) {
            List<Directive> directives = List.of(
                    of(Effect.PERMIT, "Organization/clinic", new Target(null, null, Set.of(label), null, null)));
            assertThat(ConsentRules.permitAll(directives, CLINIC, "Observation", World.NOW))
                    .as(label.code())
                    .isFalse();
            assertThat(ConsentRules.permitWithoutCode(directives, CLINIC, "Binary", World.NOW))
                    .as(label.code())
                    .isFalse();
        }
    }

    @Test
    void theOrderAndTheConsentOfDirectivesDoNotMatter() {
        List<Directive> all = all("+cT -cTO +cTOh -cTOhy");
        List<Directive> reversed = new ArrayList<>(all);
        Collections.reverse(reversed);
        assertThat(ConsentRules.decide(reversed, CLINIC, RECORD, World.NOW))
                .isEqualTo(ConsentRules.decide(all, CLINIC, RECORD, World.NOW));
    }

    @Test
    void theDirectiveThatDecidedIsTold() {
        List<Directive> all = all("- +cT -cTOh");
        Ruling ruling = ConsentRules.decide(all, CLINIC, RECORD, World.NOW);
        assertThat(ruling.by()).isEqualTo(all.get(2));
        assertThat(ConsentRules.decide(all("- +cT"), CLINIC, RECORD, World.NOW).by())
                .isEqualTo(all.get(1));
        assertThat(ConsentRules.decide(List.of(), CLINIC, RECORD, World.NOW).by())
                .isNull();
    }

    @Test
    void aDenyOfOnePersonHoldsForThatPersonAlone() {
        List<Directive> all = List.of(
                of(Effect.PERMIT, "Organization/clinic", Target.ALL), of(Effect.DENY, "Practitioner/ada", Target.ALL));
        assertThat(ConsentRules.decide(all, CLINIC, RECORD, World.NOW).rule()).isEqualTo(Rule.DENIED);
        ConsentRequest colleague = new ConsentRequest(Set.of("Organization/clinic", "Practitioner/bob"), Purpose.TREAT);
        assertThat(ConsentRules.decide(all, colleague, RECORD, World.NOW).rule())
                .isEqualTo(Rule.PERMITTED);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T11:59:59Z, 2026-11-23T12:00:01Z, true",
        "2026-11-23T12:00:00Z, 2026-11-23T12:00:01Z, true",
        "2026-11-23T11:00:00Z, 2026-11-23T12:00:00Z, false",
        "2026-11-23T12:00:01Z, , false",
    })
    void aDirectiveHoldsFromItsBeginUntilBeforeItsEnd(Instant from, @Nullable Instant to, boolean holds) {
        Directive permit = new Directive(
                Effect.PERMIT,
                "p",
                "c",
                1,
                "provision",
                "Organization/clinic",
                Purpose.TREAT,
                Target.ALL,
                new Validity(from, to));
        assertThat(ConsentRules.decide(List.of(permit), CLINIC, RECORD, World.NOW)
                        .isPermitted())
                .isEqualTo(holds);
    }

    /** The record's labels against a permit and a deny of one label. */
    @ParameterizedTest
    @CsvSource({
        "N, '', true, true",
        "N, L, true, false",
        "N, R, false, true",
        "R, '', true, false",
        "R, N, true, false",
        "R, R, true, true",
        "R, V, false, true",
        "R, N+V, false, true",
        "V, V, true, true",
        "L, '', false, true",
        "R, X, false, true",
        "HIV, '', false, false",
        "HIV, HIV, true, true",
        "HIV, HIV+R, true, true",
        "HIV, R, false, false",
    })
    void aPermitCoversItsRankAndLowerOnesAndADenyItsRankAndHigherOnes(
            String label, String ofRecord, boolean permitted, boolean denied) {
        ConsentedRecord record = new ConsentedRecord(
                "Observation",
                "Observation/1",
                Set.of(HEART_RATE),
                ofRecord.isEmpty()
                        ? Set.of()
                        : Set.copyOf(Arrays.stream(ofRecord.split("\\+"))
                                .map(ConsentRulesTest::label)
                                .toList()),
                MEASURED);
        Target limited = new Target(null, null, Set.of(label(label)), null, null);
        Directive all = of(Effect.PERMIT, "Organization/clinic", Target.ALL);
        Directive permit = of(Effect.PERMIT, "Organization/clinic", limited);
        Directive deny = of(Effect.DENY, "Organization/clinic", limited);
        assertThat(ConsentRules.decide(List.of(permit), CLINIC, record, World.NOW)
                        .isPermitted())
                .isEqualTo(permitted);
        assertThat(ConsentRules.decide(List.of(all, deny), CLINIC, record, World.NOW)
                        .isPermitted())
                .isEqualTo(!denied);
    }

    /** A record's time against June 2020: a permit covers what lies in it, a deny what touches it. */
    @ParameterizedTest
    @CsvSource({
        "2020-06-01T00:00:00Z, 2020-06-01T00:00:01Z, true, true",
        "2020-05-31T23:59:59Z, 2020-06-01T00:00:00Z, false, false",
        "2020-05-31T00:00:00Z, 2020-06-02T00:00:00Z, false, true",
        "2020-06-30T00:00:00Z, 2020-07-01T00:00:00Z, true, true",
        "2020-06-30T00:00:00Z, 2020-07-02T00:00:00Z, false, true",
        "2020-07-01T00:00:00Z, 2020-07-01T00:00:01Z, false, false",
        "2020-06-30T00:00:00Z, , false, true",
        "2019-01-01T00:00:00Z, , false, true",
        ", , false, true",
    })
    void whatHasNoTimeOrOneAcrossTheEdgeIsDenied(
            @Nullable Instant from, @Nullable Instant to, boolean permitted, boolean denied) {
        ConsentedRecord record = new ConsentedRecord(
                "Observation",
                "Observation/1",
                Set.of(HEART_RATE),
                Set.of(),
                from == null ? null : new Validity(from, to));
        Target june = new Target(null, null, Set.of(), JUNE, null);
        Directive all = of(Effect.PERMIT, "Organization/clinic", Target.ALL);
        assertThat(ConsentRules.decide(
                                List.of(of(Effect.PERMIT, "Organization/clinic", june)), CLINIC, record, World.NOW)
                        .isPermitted())
                .isEqualTo(permitted);
        assertThat(ConsentRules.decide(
                                List.of(all, of(Effect.DENY, "Organization/clinic", june)), CLINIC, record, World.NOW)
                        .isPermitted())
                .isEqualTo(!denied);
    }

    /** By type: a permit and a deny of a code and of a period, for a record that has neither. */
    @ParameterizedTest
    @CsvSource({"Binary, true", "CarePlan, true", "Bundle, true", "Patient, false", "Coverage, false", "Consent, false"
    })
    void whatCannotTellItsCodeOrTimeIsDeniedUnlessItHasNoneByNature(String type, boolean denied) {
        ConsentedRecord record = new ConsentedRecord(type, type + "/1", Set.of(), Set.of(), null);
        Directive all = of(Effect.PERMIT, "Organization/clinic", Target.ALL);
        for (Target target : List.of(
                new Target(null, HEART_RATE, Set.of(), null, null), new Target(null, null, Set.of(), JUNE, null))) {
            assertThat(ConsentRules.decide(
                                    List.of(of(Effect.PERMIT, "Organization/clinic", target)),
                                    CLINIC,
                                    record,
                                    World.NOW)
                            .isPermitted())
                    .isFalse();
            assertThat(ConsentRules.decide(
                                    List.of(all, of(Effect.DENY, "Organization/clinic", target)),
                                    CLINIC,
                                    record,
                                    World.NOW)
                            .isPermitted())
                    .isEqualTo(!denied);
        }
    }

    @Test
    void aDocumentMayHoldWhatIsDenied() {
        ConsentedRecord document = new ConsentedRecord("Bundle", "Bundle/1", Set.of(), Set.of(), null);
        assertThat(ConsentRules.decide(all("+cT"), CLINIC, document, World.NOW).rule())
                .isEqualTo(Rule.PERMITTED);
        assertThat(ConsentRules.decide(all("+cT -cTO"), CLINIC, document, World.NOW)
                        .rule())
                .isEqualTo(Rule.DENIED);
        assertThat(ConsentRules.decide(all("+cTO"), CLINIC, document, World.NOW).rule())
                .isEqualTo(Rule.NOT_PERMITTED);
    }

    @Test
    void aPartOfAPeriodIsMoreSpecificThanThePeriod() {
        Directive year = of(Effect.DENY, null, new Target(null, null, Set.of(), YEAR, null));
        Directive june = of(Effect.PERMIT, null, new Target(null, null, Set.of(), JUNE, null));
        assertThat(june.isMoreSpecificThan(year)).isTrue();
        assertThat(year.isMoreSpecificThan(june)).isFalse();
        assertThat(june.isMoreSpecificThan(june)).isFalse();
    }

    private static Code label(String code) {
        return code.equals("HIV") ? HIV : new Code(RESTRICTED.system(), code);
    }

    private static List<Directive> all(String words) {
        return words.isEmpty()
                ? List.of()
                : Arrays.stream(words.split(" "))
                        .map(ConsentRulesTest::directive)
                        .toList();
    }

    private static Directive directive(String words) {
        String actor = words.contains("c") ? "Organization/clinic" : words.contains("o") ? "Organization/other" : null;
        Purpose purpose = words.contains("T") ? Purpose.TREAT : words.contains("P") ? Purpose.HPAYMT : null;
        String instance = words.contains("i") ? "Observation/1" : words.contains("j") ? "Observation/2" : null;
        String type =
                words.contains("O") || instance != null ? "Observation" : words.contains("C") ? "Condition" : null;
        Code code = words.contains("h")
                ? HEART_RATE
                : words.contains("w") ? new Code(Codes.LOINC, Codes.BODY_WEIGHT) : null;
        return new Directive(
                words.startsWith("+") ? Effect.PERMIT : Effect.DENY,
                "p",
                "c",
                1,
                "provision" + words,
                actor,
                purpose,
                new Target(type, code, Set.of(), words.contains("y") ? YEAR : null, instance, bond(words)),
                Validity.ALWAYS);
    }

    private static @Nullable Bond bond(String words) {
        return words.contains("A")
                ? new Bond(Bond.Kind.AUTHORED_BY, "Practitioner/x")
                : words.contains("a")
                        ? new Bond(Bond.Kind.AUTHORED_BY, "Practitioner/y")
                        : words.contains("S")
                                ? new Bond(Bond.Kind.RELATED, "Encounter/e")
                                : words.contains("s") ? new Bond(Bond.Kind.RELATED, "Encounter/f") : null;
    }

    private static Directive of(Effect effect, @Nullable String actor, Target target) {
        return new Directive(effect, "p", "c", 1, "provision", actor, Purpose.TREAT, target, Validity.ALWAYS);
    }

    private static Validity period(String from, String to) {
        return new Validity(Instant.parse(from), Instant.parse(to));
    }
}
