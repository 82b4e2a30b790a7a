package eu.sinusnode.server.matching;

import static eu.sinusnode.server.matching.Person.HELGA;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.validation.Kvnr;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.codesystems.MatchGrade;
import org.junit.jupiter.api.Test;

/** What becomes of pairs that every desk knows. */
class VerdictTest {

    private static final String ANOTHER_NUMBER = "A123456780";

    private static Optional<MatchGrade> grade(Person one, Person other) {
        return Verdict.of(Comparison.of(one.traits(), other.traits())).map(Verdict::grade);
    }

    @Test
    void theSameIsCertain() {
        assertThat(grade(HELGA, HELGA)).contains(MatchGrade.CERTAIN);
        assertThat(grade(HELGA, HELGA.withNumber(null))).contains(MatchGrade.CERTAIN);
        assertThat(grade(HELGA, HELGA.withPostalCode(null).withGender(null))).contains(MatchGrade.CERTAIN);
    }

    @Test
    void withoutNumberOrPlaceItIsProbable() {
        assertThat(grade(HELGA, HELGA.withNumber(null).withPostalCode(null))).contains(MatchGrade.PROBABLE);
    }

    @Test
    void slipsAreForgiven() {
        Person known = HELGA.withFamily("Müller-Groß");
        assertThat(grade(known, known.withFamily("Mueller Gross"))).contains(MatchGrade.CERTAIN);
        assertThat(grade(known, known.withFamily("Muller-Gros").withNumber(null)))
                .contains(MatchGrade.PROBABLE);
        assertThat(grade(known, known.withFamily("Müller").withNumber(null))).contains(MatchGrade.PROBABLE);
        assertThat(grade(HELGA, HELGA.withBirthDate("1952-08-11"))).contains(MatchGrade.CERTAIN);
        assertThat(grade(HELGA, HELGA.withBirthDate("1952-08-11").withNumber(null)))
                .contains(MatchGrade.PROBABLE);
        assertThat(grade(HELGA, HELGA.withFamily("Helga").withGiven("Brandt").withNumber(null)))
                .contains(MatchGrade.PROBABLE);
        assertThat(Kvnr.isValid("X110411657")).isFalse();
        assertThat(grade(HELGA, HELGA.withNumber("X110411657"))).contains(MatchGrade.CERTAIN);
    }

    @Test
    void aMarriageChangesTheNameAndNotTheNumber() {
        assertThat(grade(HELGA, HELGA.withFamily("Sommer").withPostalCode("80331")))
                .contains(MatchGrade.CERTAIN);
        Patient both = HELGA.withFamily("Sommer").withNumber(null).patient();
        both.addName().setFamily("Brandt").addGiven("Helga");
        assertThat(Verdict.of(Comparison.of(HELGA.traits(), TraitsReader.read(both)))
                        .map(Verdict::grade))
                .as("her name at birth is known")
                .contains(MatchGrade.CERTAIN);
    }

    @Test
    void twinsAreNeverCertain() {
        Person twin = HELGA.withGiven("Renate").withNumber(null);
        assertThat(grade(HELGA, twin)).contains(MatchGrade.POSSIBLE);
        assertThat(Kvnr.isValid(ANOTHER_NUMBER)).isTrue();
        assertThat(grade(HELGA, twin.withNumber(ANOTHER_NUMBER))).contains(MatchGrade.CERTAINLYNOT);
    }

    @Test
    void twoRightNumbersAreTwoPersons() {
        assertThat(grade(HELGA, HELGA.withNumber(ANOTHER_NUMBER))).contains(MatchGrade.CERTAINLYNOT);
    }

    @Test
    void fatherAndSonAreNotOne() {
        Person father = new Person("Vogt", List.of("Karl"), "1941-03-02", "male", "04103", null);
        assertThat(grade(father, father.withBirthDate("1970-11-25"))).contains(MatchGrade.POSSIBLE);
        assertThat(grade(father, father.withBirthDate("1970-11-25").withPostalCode("80331")))
                .isEmpty();
    }

    @Test
    void aParentsNumberAtTheChildsNameIsNoCertainty() {
        Person child = HELGA.withGiven("Lena").withBirthDate("1984-02-29");
        assertThat(grade(HELGA, child))
                .isNotEqualTo(Optional.of(MatchGrade.CERTAIN))
                .isNotEqualTo(Optional.of(MatchGrade.PROBABLE));
    }

    @Test
    void aNameAloneIsNotEnough() {
        Person name = new Person("Brandt", List.of("Helga"), null, null, null, null);
        assertThat(grade(HELGA, name))
                .isNotEqualTo(Optional.of(MatchGrade.CERTAIN))
                .isNotEqualTo(Optional.of(MatchGrade.PROBABLE));
        assertThat(grade(HELGA, new Person("Brandt", List.of(), null, null, null, null)))
                .isEmpty();
    }

    @Test
    void strangersAreNotTold() {
        assertThat(grade(HELGA, new Person("Sommer", List.of("Ute"), "1961-01-30", "female", "04103", null)))
                .isEmpty();
    }
}
