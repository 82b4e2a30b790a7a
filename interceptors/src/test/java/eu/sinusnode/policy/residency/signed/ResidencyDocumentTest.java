package eu.sinusnode.policy.residency.signed;

import static eu.sinusnode.policy.residency.signed.EndpointPurpose.AUTHORIZATION_SERVER;
import static eu.sinusnode.policy.residency.signed.EndpointPurpose.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.residency.AdequacyDecision;
import eu.sinusnode.policy.residency.ResidencyRules;
import eu.sinusnode.policy.residency.ResidencyTier;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidencyDocumentTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);

    @ParameterizedTest
    @CsvSource({
        "DATABASE, db.example.org, true",
        "DATABASE, DB.Example.org, true",
        "DATABASE, db2.example.org, false",
        "DATABASE, evil.db.example.org, false",
        "DATABASE, db.example.org.evil.org, false",
        "DATABASE, '', false",
        "AUTHORIZATION_SERVER, db.example.org, false",
        "FULL_TEXT, 127.0.0.1, true",
        "FULL_TEXT, localhost, true",
        "FULL_TEXT, [::1], true",
        "FULL_TEXT, 127.0.0.2, false",
        "FULL_TEXT, localhost.evil.org, false",
        "DATABASE, 127.0.0.1, false",
        "MAIL, loopback, false",
        "FULL_TEXT, '[2001:db8::7]', true",
    })
    void aDependencyNeedsAnEntryForItsPurposeAndHost(EndpointPurpose purpose, String host, boolean registered) {
        ResidencyDocument document = document(
                ResidencyTier.EU27,
                "DE",
                new Endpoint(DATABASE, "db.example.org", "FR", "op"),
                new Endpoint(EndpointPurpose.FULL_TEXT, "loopback", "DE", "op"),
                new Endpoint(EndpointPurpose.FULL_TEXT, "2001:db8::7", "DE", "op"));
        List<String> refusals = document.refusals(List.of(Dependency.of("a.setting", purpose, host)), TODAY);
        assertThat(refusals.isEmpty()).isEqualTo(registered);
        assertThat(refusals).allMatch(refusal -> refusal.startsWith("a.setting leads to "));
    }

    @ParameterizedTest
    @CsvSource({
        "SUBSCRIPTION, hooks.example.org, true",
        "SUBSCRIPTION, HOOKS.example.org, true",
        "SUBSCRIPTION, evil.hooks.example.org, false",
        "SUBSCRIPTION, db.example.org, false",
        "SUBSCRIPTION, gb.example.org, true",
        "SUBSCRIPTION, localhost, false",
        "SUBSCRIPTION, null, false",
        "DATABASE, hooks.example.org, false"
    })
    void anEndpointThatACallerNamesNeedsAnEntry(EndpointPurpose purpose, String host, boolean registered) {
        ResidencyDocument document = endpoints();
        assertThat(document.decide(Dependency.of("", purpose, host), TODAY) instanceof Decision.Permit)
                .isEqualTo(registered);
    }

    /** It is asked for each delivery, so what ends today tells nobody tomorrow. */
    @Test
    void anEntryCountsForAsLongAsItsCountryIsInTheTier() {
        Dependency british = Dependency.of("", EndpointPurpose.SUBSCRIPTION, "gb.example.org");
        assertThat(endpoints().decide(british, TODAY.plusDays(1))).isInstanceOf(Decision.Permit.class);
        assertThat(endpoints().decide(british, TODAY.plusDays(2)))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.code()).isEqualTo(DenialCode.RESIDENCY_ENDPOINT));
        assertThat(endpoints().hosts(EndpointPurpose.SUBSCRIPTION))
                .containsExactlyInAnyOrder("hooks.example.org", "gb.example.org");
    }

    private static ResidencyDocument endpoints() {
        return new ResidencyDocument(
                1,
                new ResidencyRules(
                        ResidencyTier.ADEQUACY,
                        List.of(new AdequacyDecision("GB", TODAY, TODAY.plusDays(1), null, "source"))),
                new Site("DE", "op", true),
                List.of(
                        new Endpoint(DATABASE, "db.example.org", "FR", "op"),
                        new Endpoint(EndpointPurpose.SUBSCRIPTION, "hooks.example.org", "AT", "op"),
                        new Endpoint(EndpointPurpose.SUBSCRIPTION, "gb.example.org", "GB", "op")));
    }

    @ParameterizedTest
    @CsvSource({
        "EU27, DE, FR, 0",
        "EU27, CH, FR, 1",
        "EU27, DE, US, 1",
        "EU27, US, US, 2",
        "EEA, NO, IS, 0",
        "EEA, CH, DE, 1",
        "EEA_CH, CH, NO, 0",
        "EEA_CH, CH, GB, 1",
        "ADEQUACY, DE, GB, 0",
        "ADEQUACY, GB, US, 1",
    })
    void siteAndEveryEndpointLieInsideTheTierUsedOrNot(ResidencyTier tier, String site, String endpoint, int refusals) {
        ResidencyDocument document = document(tier, site, new Endpoint(DATABASE, "db.example.org", endpoint, "op"));
        assertThat(document.refusals(List.of(), TODAY)).hasSize(refusals);
    }

    @Test
    void anEndpointThatADecisionOpenedIsOutsideWhenTheDecisionHasEnded() {
        ResidencyDocument document =
                document(ResidencyTier.ADEQUACY, "DE", new Endpoint(DATABASE, "db.example.org", "GB", "op"));
        assertThat(document.refusals(List.of(), LocalDate.of(2031, 12, 27))).isEmpty();
        assertThat(document.refusals(List.of(), LocalDate.of(2031, 12, 28)))
                .containsExactly("the database endpoint db.example.org is in GB, outside tier ADEQUACY. Use one inside"
                        + " the tier, and remove this one.");
    }

    @Test
    void theEntryThatIsMissingIsTold() {
        ResidencyDocument document = document(ResidencyTier.EU27, "DE");
        assertThat(document.refusals(
                        List.of(
                                Dependency.of("sinusnode.database.url", DATABASE, "db.example.org"),
                                Dependency.of("sinusnode.oauth.issuer", AUTHORIZATION_SERVER, "localhost")),
                        TODAY))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("sinusnode.database.url leads to db.example.org")
                                .endsWith("add {\"purpose\": \"database\", \"host\": \"db.example.org\", \"country\":"
                                        + " \"where it stands\", \"operator\": \"who runs it\"}."),
                        second -> assertThat(second)
                                .endsWith("add {\"purpose\": \"authorization-server\", \"host\": \"loopback\"}."));
    }

    private static ResidencyDocument document(ResidencyTier tier, String site, Endpoint... endpoints) {
        return new ResidencyDocument(
                1,
                new ResidencyRules(
                        tier,
                        List.of(new AdequacyDecision(
                                "GB", LocalDate.of(2021, 6, 28), LocalDate.of(2031, 12, 27), null, "2021/1772"))),
                new Site(site, "op", true),
                List.of(endpoints));
    }
}
