package eu.sinusnode.policy.residency;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.World;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidencyPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "EU27, DE, DE, true",
        "EU27, DE, AT, true",
        "EU27, de, Deu, true",
        "EU27, EL, GR, true",
        "EU27, US, DE, false",
        "EU27, DE, US, false",
        "EU27, DE, , false",
        "EU27, DE, XX, false",
        "EU27, DE, Germany, false",
        "EU27, XX, DE, false",
        "EU27, GB, GB, false",
        "EU27, UK, DE, false",
        "EU27, CH, CH, false",
        "EU27, NO, NO, false",
        "EU27, GL, DE, false",
        "EEA, NO, IS, true",
        "EEA, LI, DE, true",
        "EEA, CH, DE, false",
        "EEA_CH, CH, NO, true",
        "EEA_CH, CH, GB, false",
        "EEA_CH, US, CH, false",
    })
    void worstOfRegistrationAndOrganizationDecides(
            ResidencyTier tier, String registered, @Nullable String country, boolean inside) {
        Caller caller = Callers.caller(Callers.with(Callers.insurer(), "jurisdiction", registered));
        Decision decision = new ResidencyPolicy(tier)
                .decide(caller, Optional.of(new RegisteredOrganization(World.INSURER, country, true)));
        assertThat(decision instanceof Decision.Permit).isEqualTo(inside);
    }

    @Test
    void unknownOrganizationIsOutside() {
        Decision decision = decide(Callers.insurer(), Optional.empty());
        assertThat(decision).isInstanceOfSatisfying(Decision.Deny.class, deny -> {
            assertThat(deny.code()).isEqualTo(DenialCode.RESIDENCY);
            assertThat(deny.reason())
                    .isEqualTo("organization insurer-1 is registered in no known country, outside tier EU27");
        });
    }

    @Test
    void loaderComesBeforeItsOrganization() {
        assertThat(decide(Callers.administrator(), Optional.empty())).isInstanceOf(Decision.Permit.class);
        assertThat(decide(Callers.with(Callers.administrator(), "jurisdiction", "US"), Optional.empty()))
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

    private static Decision decide(Map<String, Object> claims, Optional<RegisteredOrganization> organization) {
        return new ResidencyPolicy(ResidencyTier.EU27).decide(Callers.caller(claims), organization);
    }
}
