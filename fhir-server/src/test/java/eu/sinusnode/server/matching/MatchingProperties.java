package eu.sinusnode.server.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every two records. */
class MatchingProperties {

    @Property(tries = 500)
    void whoIsAskedAboutMakesNoDifference(@ForAll("persons") Person one, @ForAll("persons") Person other) {
        assertThat(Comparison.of(one.traits(), other.traits())).isEqualTo(Comparison.of(other.traits(), one.traits()));
    }

    @Property(tries = 200)
    void aSlipMakesNoDifferenceToThatEither(@ForAll("persons") Person one, @ForAll long seed) {
        Person slipped = new Slips(new Random(seed)).of(one, 3);
        assertThat(Verdict.of(Comparison.of(one.traits(), slipped.traits())))
                .isEqualTo(Verdict.of(Comparison.of(slipped.traits(), one.traits())));
    }

    @Property(tries = 500)
    void nobodyIsLikerThanOneself(@ForAll("persons") Person one, @ForAll("persons") Person other) {
        Person complete = new Person(
                other.family(), other.given(), one.birthDate(), other.gender(), one.postalCode(), one.number());
        assertThat(Comparison.of(one.traits(), complete.traits()).bits())
                .isLessThanOrEqualTo(Comparison.of(one.traits(), one.traits()).bits() + 1e-9);
    }

    @Property(tries = 500)
    void aProbabilityIsOne(@ForAll("persons") Person one, @ForAll("persons") Person other) {
        assertThat(Verdict.probability(
                        Comparison.of(one.traits(), other.traits()).bits()))
                .isBetween(0.0, 1.0);
        Verdict.of(Comparison.of(one.traits(), other.traits()))
                .ifPresent(verdict -> assertThat(verdict.probability()).isBetween(0.0, 1.0));
    }

    @Property(tries = 300)
    void aNearBirthDateIsLookedFor(@ForAll("births") String one, @ForAll("births") String other) {
        if (BirthDates.compare(one, other) == Agreement.BIRTH_NEAR) {
            assertThat(BirthDates.near(one)).contains(other);
        }
    }

    @Provide
    Arbitrary<String> births() {
        return Arbitraries.of("1952-08-07", "1952-07-08", "1952-08-17", "1925-08-07", "1971-12-30");
    }

    /** Few words, so that some agree. */
    @Provide
    Arbitrary<Person> persons() {
        Arbitrary<String> families = Arbitraries.of(
                "Müller",
                "Mueller",
                "Muller",
                "von Berg",
                "Berg",
                "Meyer",
                "Maier",
                "Groß-Jung",
                "Jung",
                "Anna",
                "Çelik");
        Arbitrary<List<String>> given = Arbitraries.of("Anna", "Hans", "Peter", "Hans-Peter", "Jörg", "H.", "Meyer")
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
        Arbitrary<String> genders = Arbitraries.of("male", "female", "other", "unknown");
        Arbitrary<String> places = Arbitraries.of("04103", "04130", "80331");
        Arbitrary<String> numbers = Arbitraries.of("X110411675", "X110411657", "A123456780");
        return Combinators.combine(families, given, births(), genders, places, numbers.injectNull(0.3))
                .as(Person::new);
    }
}
