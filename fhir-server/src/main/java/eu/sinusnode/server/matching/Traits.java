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

    Traits {
        names = List.copyOf(names);
        postalCodes = Set.copyOf(postalCodes);
        insuranceNumbers = Set.copyOf(insuranceNumbers);
        otherIdentifiers = Set.copyOf(otherIdentifiers);
    }

    /** Whether it is enough to look for somebody. */
    boolean nameSomebody() {
        return birthDate != null
                || !insuranceNumbers.isEmpty()
                || !otherIdentifiers.isEmpty()
                || names.stream().anyMatch(name -> !name.family().isEmpty());
    }
}
