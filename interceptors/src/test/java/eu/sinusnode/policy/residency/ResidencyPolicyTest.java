package eu.sinusnode.policy.residency;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.World;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidencyPolicyTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);

    @ParameterizedTest
    @CsvSource({
        "EU27, DE, DE, PERMIT",
        "EU27, DE, AT, PERMIT",
        "EU27, de, Deu, PERMIT",
        "EU27, EL, GR, PERMIT",
        "EU27, US, DE, RESIDENCY",
        "EU27, DE, US, RESIDENCY",
        "EU27, DE, , RESIDENCY_UNKNOWN",
        "EU27, DE, XX, RESIDENCY_UNKNOWN",
        "EU27, DE, Germany, RESIDENCY_UNKNOWN",
        "EU27, XX, DE, RESIDENCY_UNKNOWN",
        "EU27, GB, GB, RESIDENCY",
        "EU27, UK, DE, RESIDENCY",
        "EU27, CH, CH, RESIDENCY",
        "EU27, NO, NO, RESIDENCY",
        "EU27, GL, DE, RESIDENCY",
        "EEA, NO, IS, PERMIT",
        "EEA, LI, DE, PERMIT",
        "EEA, CH, DE, RESIDENCY",
        "EEA_CH, CH, NO, PERMIT",
        "EEA_CH, CH, GB, RESIDENCY",
        "EEA_CH, US, CH, RESIDENCY",
        "ADEQUACY, DE, CH, PERMIT",
        "ADEQUACY, DE, GB, RESIDENCY",
    })
    void worstOfRegistrationAndOrganizationDecides(
            ResidencyTier tier, String registered, @Nullable String country, String expected) {
        Caller caller = Callers.caller(Callers.with(Callers.insurer(), "jurisdiction", registered));
        Decision decision = new ResidencyPolicy(ResidencyRules.of(tier))
                .decide(caller, Optional.of(new RegisteredOrganization(World.INSURER, country, true)), TODAY);
        assertThat(word(decision)).isEqualTo(expected);
    }

    /** What each of the three may say, in every combination: one that is not inside is enough. */
    @Test
    void oneOfThreeThatIsNotInsideIsEnough() {
        List<String> inside = List.of("DE", "fra", "EL");
        List<String> said = new ArrayList<>(inside);
        said.addAll(List.of("US", "GB", "CH", "XX", "Germany", "EU"));
        List<String> persons = new ArrayList<>(said);
        persons.add("none");
        int permitted = 0;
        for (String registered : said) {
            for (String person : persons) {
                for (String organization : said) {
                    Map<String, Object> claims =
                            Callers.with(Callers.clinician(World.CLINIC), "jurisdiction", registered);
                    if (!person.equals("none")) {
                        claims = Callers.with(claims, "person_jurisdiction", person);
                    }
                    Decision decision =
                            decide(claims, Optional.of(new RegisteredOrganization(World.CLINIC, organization, true)));
                    boolean all = inside.contains(registered)
                            && (person.equals("none") || inside.contains(person))
                            && inside.contains(organization);
                    assertThat(decision instanceof Decision.Permit)
                            .as("%s, %s, %s", registered, person, organization)
                            .isEqualTo(all);
                    permitted += all ? 1 : 0;
                }
            }
        }
        assertThat(permitted).isEqualTo(3 * 4 * 3);
    }

    @Test
    void aPersonWhoWorksFromElsewhereIsRefusedWithoutBeingNamed() {
        Map<String, Object> claims = Callers.with(Callers.clinician(World.CLINIC), "person_jurisdiction", "US");
        assertThat(decide(claims, Optional.of(new RegisteredOrganization(World.CLINIC, "DE", true))))
                .isEqualTo(new Decision.Deny(
                        DenialCode.RESIDENCY, "the person who calls is registered in US, outside tier EU27"));
    }

    @Test
    void unknownOrganizationIsOutside() {
        assertThat(decide(Callers.insurer(), Optional.empty()))
                .isEqualTo(new Decision.Deny(
                        DenialCode.RESIDENCY_UNKNOWN,
                        "organization insurer-1 is in no known country, which is outside tier EU27"));
    }

    @Test
    void loaderComesBeforeItsOrganization() {
        assertThat(decide(Callers.administrator(), Optional.empty())).isInstanceOf(Decision.Permit.class);
        assertThat(decide(Callers.with(Callers.administrator(), "jurisdiction", "US"), Optional.empty()))
                .isInstanceOf(Decision.Deny.class);
        assertThat(decide(Callers.with(Callers.administrator(), "person_jurisdiction", "US"), Optional.empty()))
                .isInstanceOf(Decision.Deny.class);
        assertThat(decide(Callers.administrator(), Optional.of(new RegisteredOrganization(World.CENTRE, "US", true))))
                .isInstanceOf(Decision.Deny.class);
    }

    @Test
    void patientIsJudgedByTheRegistrationOfTheApp() {
        assertThat(decide(Callers.patient(World.ANNA), Optional.empty())).isInstanceOf(Decision.Permit.class);
        assertThat(decide(Callers.with(Callers.patient(World.ANNA), "jurisdiction", "US"), Optional.empty()))
                .isInstanceOf(Decision.Deny.class);
    }

    @Test
    void tiersContainOneAnother() {
        assertThat(ResidencyTier.EU27.countries()).hasSize(27).doesNotContain("GB", "CH", "NO");
        assertThat(ResidencyTier.EEA.countries()).hasSize(30).containsAll(ResidencyTier.EU27.countries());
        assertThat(ResidencyTier.EEA_CH.countries()).hasSize(31).containsAll(ResidencyTier.EEA.countries());
        assertThat(ResidencyTier.ADEQUACY.countries()).isEqualTo(ResidencyTier.EEA_CH.countries());
    }

    @Property
    void aWiderTierNeverTakesAway(@ForAll String country) {
        Optional<String> code = Country.normalise(country);
        code.ifPresent(known -> {
            assertThat(known).hasSize(2);
            assertThat(Country.normalise(known)).contains(known);
            if (ResidencyTier.EU27.contains(known)) {
                assertThat(ResidencyTier.EEA_CH.contains(known)).isTrue();
            }
        });
    }

    private static String word(Decision decision) {
        return decision instanceof Decision.Deny deny ? deny.code().name() : "PERMIT";
    }

    private static Decision decide(Map<String, Object> claims, Optional<RegisteredOrganization> organization) {
        return new ResidencyPolicy(ResidencyRules.of(ResidencyTier.EU27))
                .decide(Callers.caller(claims), organization, TODAY);
    }
}
