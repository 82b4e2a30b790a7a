package eu.sinusnode.sampledata.people;

import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.chance.Ids;
import java.time.LocalDate;
import java.util.List;

/** Draws persons: sex, age, a name that was common in the year of birth, a home near the clinic that treats them. */
public final class People {

    private static final WordList FAMILY = WordList.named("family");
    private static final WordList STREETS = WordList.named("streets");
    private static final List<WordList> WOMEN =
            List.of(WordList.named("women-1935"), WordList.named("women-1950"), WordList.named("women-1965"));
    private static final List<WordList> MEN =
            List.of(WordList.named("men-1935"), WordList.named("men-1950"), WordList.named("men-1965"));

    private final long seed;
    private final LocalDate end;
    private final Ids ids;
    private final Institutions institutions;

    public People(long seed, LocalDate end, Ids ids, Institutions institutions) {
        this.seed = seed;
        this.end = end;
        this.ids = ids;
        this.institutions = institutions;
    }

    /** The {@code number}-th person, as the clinical picture wants them. */
    public Person person(int number, Trait trait) {
        Draws draws = Draws.of(seed, number, "person");
        LocalDate birthDate = end.minusYears(trait.age()).minusDays(draws.whole(1, 364));
        Place place = draws.pick(institutions.clinic(trait.clinic()).catchment());
        String street = STREETS.draw(draws) + " " + draws.whole(1, 140) + (draws.chance(0.1) ? "a" : "");
        return new Person(
                number,
                ids.of("patient/" + number),
                trait.female(),
                givenName(draws, trait.female(), birthDate.getYear()),
                FAMILY.draw(draws),
                birthDate,
                trait.age(),
                street,
                place,
                HealthInsuranceNumber.of(seed, number));
    }

    /** What the clinical picture fixes about a person. */
    public record Trait(boolean female, int age, int clinic) {}

    static String givenName(Draws draws, boolean female, int birthYear) {
        int generation = birthYear < 1946 ? 0 : birthYear < 1962 ? 1 : 2;
        return (female ? WOMEN : MEN).get(generation).draw(draws);
    }

    static String familyName(Draws draws) {
        return FAMILY.draw(draws);
    }
}
