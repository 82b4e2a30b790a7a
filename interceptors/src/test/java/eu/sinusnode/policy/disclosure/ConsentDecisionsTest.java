package eu.sinusnode.policy.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.disclosure.Explanation.Rule;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.residency.CallerRegistration;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import eu.sinusnode.policy.residency.ResidencyPolicy;
import eu.sinusnode.policy.residency.ResidencyRules;
import eu.sinusnode.policy.residency.ResidencyTier;
import eu.sinusnode.policy.testing.FakeOpenings;
import eu.sinusnode.policy.testing.FakePermits;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsentDecisionsTest {

    private static final String STORED = "consent-" + World.ANNA;

    private final FakePermits permits = World.permits();
    private final FakeOpenings openings = new FakeOpenings();
    private final ConsentDecisions decisions = new ConsentDecisions(
            new CallerRegistration(
                    new ResidencyPolicy(ResidencyRules.of(ResidencyTier.EU27)),
                    id -> Optional.ofNullable(World.COUNTRIES.get(id))
                            .map(country -> new RegisteredOrganization(id, country, true)),
                    id -> id.equals("doctor"),
                    () -> LocalDate.of(2026, 11, 23)),
            new DisclosurePolicy(new AuthorizationPolicy(AccessMatrix.standard()), RecordVisibility.standard()),
            permits,
            openings,
            new ConsentCompiler(ZoneOffset.UTC));

    @Test
    void aClinicAnInsurerAndTheCentreAreToldByTheirPurpose() {
        assertThat(rule(new AskedCaller(World.CLINIC, null, Purpose.TREAT))).isEqualTo(Rule.PERMITTED);
        assertThat(rule(new AskedCaller(World.CLINIC, "doctor", Purpose.TREAT))).isEqualTo(Rule.PERMITTED);
        assertThat(rule(new AskedCaller(World.INSURER, null, Purpose.HPAYMT))).isEqualTo(Rule.PERMITTED);
        assertThat(rule(new AskedCaller(World.CENTRE, null, Purpose.CAREMGT))).isEqualTo(Rule.PERMITTED);
        assertThat(rule(new AskedCaller(World.CLINIC, null, Purpose.HPAYMT))).isEqualTo(Rule.NOT_PERMITTED);
    }

    @Test
    void researchIsExplainedAsAnExport() {
        Explanation permitted = explain(new AskedCaller(World.INSTITUTE, null, Purpose.HRESCH));
        assertThat(permitted.permitted()).isTrue();
        assertThat(permitted.rule()).isEqualTo(Rule.PERMITTED);
        assertThat(explain(new AskedCaller(World.CENTRE, null, Purpose.HRESCH)).rule())
                .isEqualTo(Rule.NOT_PERMITTED);
    }

    @Test
    void aPurposeThatNobodyActsForOpensNothingWhateverIsPermitted() {
        permits.permit(World.ANNA, World.CLINIC, Purpose.HOPERAT);
        permits.permit(World.ANNA, World.CENTRE, Purpose.HOPERAT);
        assertThat(explain(new AskedCaller(World.CLINIC, null, Purpose.HOPERAT)))
                .isEqualTo(new Explanation(false, Rule.NOBODY_ACTS, null, null));
        assertThat(explain(new AskedCaller(World.CENTRE, null, Purpose.HRESCH)).permitted())
                .as("and nothing for another purpose")
                .isFalse();
    }

    @Test
    void whoIsUnknownInactiveOrFarAwayIsNotAdmitted() {
        permits.permit(World.ANNA, World.OVERSEAS, Purpose.HPAYMT);
        assertThat(explain(new AskedCaller(World.OVERSEAS, null, Purpose.HPAYMT)))
                .isEqualTo(new Explanation(false, Rule.NOT_ADMITTED, null, false));
        assertThat(rule(new AskedCaller("nobody", null, Purpose.TREAT))).isEqualTo(Rule.NOT_ADMITTED);
        assertThat(rule(new AskedCaller(World.CLINIC, "who-left", Purpose.TREAT)))
                .isEqualTo(Rule.NOT_ADMITTED);
    }

    @Test
    void aLinkThatIsMissingIsToldBesideTheRule() {
        permits.permit(World.ANNA, World.OTHER_CLINIC, Purpose.TREAT);
        Explanation explained = explain(new AskedCaller(World.OTHER_CLINIC, null, Purpose.TREAT));
        assertThat(explained.permitted()).isFalse();
        assertThat(explained.rule()).isEqualTo(Rule.PERMITTED);
        assertThat(explained.related()).isFalse();
    }

    @Test
    void aRecordThatWasOpenedIsToldToBeOpenToThatPersonUntilThen() {
        Instant until = World.NOW.plus(Duration.ofMinutes(60));
        openings.open(World.ANNA, World.OTHER_CLINIC, "Practitioner/doctor", World.NOW, until);
        permits.permit(World.ANNA, World.OTHER_CLINIC, Purpose.TREAT);
        AskedCaller person = new AskedCaller(World.OTHER_CLINIC, "doctor", Purpose.TREAT);

        assertThat(explain(person)).isEqualTo(new Explanation(true, Rule.BREAK_GLASS, null, false, until));
        assertThat(rule(new AskedCaller(World.OTHER_CLINIC, null, Purpose.TREAT)))
                .as("not to the clinic's systems")
                .isEqualTo(Rule.PERMITTED);
        assertThat(rule(new AskedCaller(World.CLINIC, "doctor", Purpose.TREAT)))
                .as("what a Consent gives is told as that")
                .isEqualTo(Rule.PERMITTED);
    }

    @Test
    void aDraftComesBesideTheStoredConsentsOrTakesThePlaceOfOne() {
        AskedCaller clinic = new AskedCaller(World.CLINIC, null, Purpose.TREAT);
        Consent deny = Records.consent(World.ANNA);
        Records.permit(deny, World.CLINIC, "TREAT").setType(Consent.ConsentProvisionType.DENY);
        Consent ended = Records.consent(World.ANNA).setStatus(ConsentState.INACTIVE);

        assertThat(explain(clinic).by()).satisfies(by -> {
            assertThat(by.consentId()).isEqualTo(STORED);
            assertThat(WhatIf.number(by)).isEmpty();
        });
        Explanation beside = explain(clinic, draft(null, ended, 1), draft(null, deny, 2));
        assertThat(beside.rule()).isEqualTo(Rule.DENIED);
        assertThat(Optional.ofNullable(beside.by()).flatMap(WhatIf::number)).contains(2);
        assertThat(explain(clinic, draft(STORED, ended, 1)))
                .isEqualTo(new Explanation(false, Rule.NOT_PERMITTED, null, true));
        assertThat(explain(clinic, draft("another", ended, 1)).rule()).isEqualTo(Rule.PERMITTED);
        assertThat(rule(clinic)).as("nothing was stored").isEqualTo(Rule.PERMITTED);
    }

    @Test
    void aDraftIsRefusedByTheCompilerThatAWriteMeets() {
        Consent draft = Records.consent(World.ANNA);
        draft.getProvision().addAction().setText("read");
        assertThat(decisions.compile(draft, 1, name -> name))
                .isEqualTo(new ConsentCompiler(ZoneOffset.UTC).compile(draft, 1))
                .isInstanceOf(Compilation.Refused.class);
    }

    /** Without any Consent, and whatever they say. */
    @Test
    void theOwnAccessAndDutiesAreDecidedBesideTheConsents() {
        permits.directives.clear();
        assertThat(beside(Purpose.PATRQT, "Observation", false))
                .isEqualTo(new Explanation(true, Rule.OWN_ACCESS, null, null));
        assertThat(beside(Purpose.PATRQT, "Observation", true))
                .as("a finding that nobody has signed")
                .isEqualTo(new Explanation(false, Rule.UNSIGNED, null, null));
        assertThat(beside(Purpose.HSYSADMIN, "Observation", false))
                .isEqualTo(new Explanation(false, Rule.LEGAL_DUTY, null, null));
        assertThat(Rule.OWN_ACCESS.basis()).isEqualTo(LegalBasis.OWN_ACCESS);
        assertThat(Rule.LEGAL_DUTY.basis()).isEqualTo(LegalBasis.LEGAL_DUTY);
    }

    private Explanation beside(Purpose purpose, String type, boolean unsigned) {
        RecordFacts record = new RecordFacts(type, new Ownership.OfPatients(Set.of(World.ANNA)), Set.of(), unsigned);
        return decisions
                .explainBeside(purpose, World.ANNA, List.of(record), World.NOW)
                .get(0);
    }

    private WhatIf draft(@Nullable String replaces, Consent consent, int number) {
        List<Directive> directives =
                ((Compilation.Compiled) decisions.compile(consent, number, name -> name)).directives();
        return new WhatIf(replaces, directives);
    }

    private Rule rule(AskedCaller asked) {
        return explain(asked).rule();
    }

    private Explanation explain(AskedCaller asked, WhatIf... drafts) {
        RecordFacts record = new RecordFacts(
                "Observation",
                new Ownership.OfPatients(Set.of(World.ANNA)),
                Set.of(new Code(Codes.LOINC, Codes.HEART_RATE)),
                false);
        return decisions
                .explain(asked, World.ANNA, List.of(record), List.of(drafts), World.NOW)
                .get(0);
    }
}
