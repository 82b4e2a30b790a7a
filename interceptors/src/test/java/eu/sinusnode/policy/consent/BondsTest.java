package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a record tells, and whether a rule is about it: a deny also where it does not tell. */
class BondsTest {

    @ParameterizedTest(name = "by {0}, all told: {1}: permitted {2}, denied {3}")
    @CsvSource({
        "x, true, true, true",
        "y, true, false, false",
        "xy, true, true, true",
        "x, false, true, true",
        "y, false, false, true",
        "'', false, false, true"
    })
    void byAuthor(String authors, boolean tells, boolean permit, boolean deny) {
        Set<String> told = authors.isEmpty()
                ? Set.of()
                : Set.copyOf(authors.chars()
                        .mapToObj(author -> "Practitioner/" + (char) author)
                        .toList());
        Bonds bonds = new Bonds(told, tells, Set.of(), Set.of());
        Bond bond = new Bond(Bond.Kind.AUTHORED_BY, "Practitioner/x");
        assertThat(bonds.isMeantBy(bond, true)).isEqualTo(permit);
        assertThat(bonds.isMeantBy(bond, false)).isEqualTo(deny);
    }

    @ParameterizedTest(name = "of {0}, tells of {1}: permitted {2}, denied {3}")
    @CsvSource({
        "Encounter/e, Encounter, true, true",
        "Encounter/e, CarePlan, true, true",
        "Encounter/f, Encounter, false, false",
        "Encounter/f, CarePlan, false, true",
        "CarePlan/e, Encounter, false, false",
        "Observation/o, Encounter, false, false",
        "Observation/o, CarePlan, false, true"
    })
    void byWhatItBelongsTo(String whole, String tellsOf, boolean permit, boolean deny) {
        Bonds bonds = new Bonds(Set.of(), false, Set.of(whole), Set.of(tellsOf));
        Bond bond = new Bond(Bond.Kind.RELATED, "Encounter/e");
        assertThat(bonds.isMeantBy(bond, true)).isEqualTo(permit);
        assertThat(bonds.isMeantBy(bond, false)).isEqualTo(deny);
    }
}
