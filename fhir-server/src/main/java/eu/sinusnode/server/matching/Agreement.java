package eu.sinusnode.server.matching;

/**
 * How far two records agree in one element, with the two probabilities of Fellegi and Sunter (A Theory for Record Linkage,
 * J. Am. Stat. Assoc. 64, 1969): how often it is so when both are of one person, and how often when they are not. Its
 * weight is the logarithm of their ratio; what is missing on one side has none. {@code docs/matching.md} says where the
 * figures come from.
 */
enum Agreement {
    FAMILY_SAME("family name", "the same", 0.88, 0.001),
    FAMILY_NEAR("family name", "sounds the same, one slip, or umlauts lost", 0.05, 0.004),
    FAMILY_PART("family name", "one part of a double name", 0.04, 0.003),
    FAMILY_OTHER("family name", "another", 0.03, 0.992),

    GIVEN_SAME("given name", "the same, or the same first one", 0.88, 0.012),
    GIVEN_SHARED("given name", "one of several, or an initial", 0.06, 0.02),
    GIVEN_NEAR("given name", "sounds the same, one slip, or umlauts lost", 0.04, 0.03),
    GIVEN_OTHER("given name", "another", 0.02, 0.938),

    NAMES_SWAPPED("family and given name", "each in the other's place", 0.01, 0.00001),

    BIRTH_SAME("birth date", "the same day", 0.96, 0.00004),
    BIRTH_NEAR("birth date", "day and month changed round, or one slip in the digits", 0.035, 0.003),
    BIRTH_OTHER("birth date", "another day", 0.005, 0.99696),

    MONTH_SAME("birth date, known to the month", "the same month", 0.97, 0.0012),
    MONTH_OTHER("birth date, known to the month", "another month", 0.03, 0.9988),

    YEAR_SAME("birth date, known to the year", "the same year", 0.98, 0.015),
    YEAR_OTHER("birth date, known to the year", "another year", 0.02, 0.985),

    GENDER_SAME("gender (male, female)", "the same", 0.985, 0.5),
    GENDER_OTHER("gender (male, female)", "another", 0.015, 0.5),

    POSTAL_SAME("postal code", "the same", 0.80, 0.02),
    POSTAL_NEAR("postal code", "one slip", 0.03, 0.01),
    POSTAL_OTHER("postal code", "another", 0.17, 0.97),

    NUMBER_SAME("KVNR", "the same", 0.97, 0.000001),
    NUMBER_NEAR("KVNR", "one slip, and a check digit is wrong", 0.018, 0.00001),
    NUMBER_OTHER("KVNR", "another, and a check digit is wrong", 0.01, 0.05),
    NUMBERS_TWO("KVNR", "two right ones", 0.002, 0.949989),

    IDENTIFIER_SAME("another identifier", "the same value of one system", 0.9, 0.00001);

    private final String element;
    private final String meaning;
    private final double ofOnePerson;
    private final double ofTwoPersons;

    Agreement(String element, String meaning, double ofOnePerson, double ofTwoPersons) {
        this.element = element;
        this.meaning = meaning;
        this.ofOnePerson = ofOnePerson;
        this.ofTwoPersons = ofTwoPersons;
    }

    String element() {
        return element;
    }

    String meaning() {
        return meaning;
    }

    /** Known as m. */
    double ofOnePerson() {
        return ofOnePerson;
    }

    /** Known as u. */
    double ofTwoPersons() {
        return ofTwoPersons;
    }

    /** In bits; positive when it speaks for one person. */
    double weight() {
        return Math.log(ofOnePerson / ofTwoPersons) / Math.log(2);
    }
}
