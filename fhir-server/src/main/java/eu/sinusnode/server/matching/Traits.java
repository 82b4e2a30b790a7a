package eu.sinusnode.server.matching;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person is recognised by.
 *
 * @param names today's and earlier ones
 * @param birthDate as precise as it is known: {@code 1952}, {@code 1952-08} or {@code 1952-08-17}
 * @param gender {@code male} or {@code female}; null for everything else, which tells nothing of a person
 * @param insuranceNumbers KVNRs, right or mistyped
 * @param otherIdentifiers {@code system|value}
 */
record Traits(
        List<PersonName> names,
        @Nullable String birthDate,
        @Nullable String gender,
        Set<String> postalCodes,
        Set<String> insuranceNumbers,
        Set<String> otherIdentifiers) {

    /** Letters of a name that are enough to search for it. */
    static final int SHORTEST_BEGINNING = 3;

    Traits {
        names = List.copyOf(names);
        postalCodes = Set.copyOf(postalCodes);
        insuranceNumbers = Set.copyOf(insuranceNumbers);
        otherIdentifiers = Set.copyOf(otherIdentifiers);
    }

    /** The whole of it, as a day; null when less is known. */
    @Nullable
    String birthDay() {
        return birthDate != null && birthDate.length() == BirthDates.DAY_LENGTH ? birthDate : null;
    }

    /** Whether it is enough to look for somebody. A year, or two letters, would describe a part of the population. */
    boolean nameSomebody() {
        return birthDay() != null
                || !insuranceNumbers.isEmpty()
                || !otherIdentifiers.isEmpty()
                || names.stream().anyMatch(name -> name.family().joined().length() >= SHORTEST_BEGINNING);
    }
}
