package eu.sinusnode.server.matching;

import eu.sinusnode.policy.validation.Kvnr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How far two records agree, element by element. Which of them was asked about makes no difference. */
record Comparison(List<Agreement> agreements) {

    Comparison {
        agreements = List.copyOf(agreements);
    }

    static Comparison of(Traits one, Traits other) {
        List<Agreement> agreements = new ArrayList<>(names(one, other));
        if (one.birthDate() != null && other.birthDate() != null) {
            agreements.add(BirthDates.compare(one.birthDate(), other.birthDate()));
        }
        if (one.gender() != null && other.gender() != null) {
            agreements.add(one.gender().equals(other.gender()) ? Agreement.GENDER_SAME : Agreement.GENDER_OTHER);
        }
        postalCode(one.postalCodes(), other.postalCodes()).ifPresent(agreements::add);
        insuranceNumber(one.insuranceNumbers(), other.insuranceNumbers()).ifPresent(agreements::add);
        if (!Collections.disjoint(one.otherIdentifiers(), other.otherIdentifiers())) {
            agreements.add(Agreement.IDENTIFIER_SAME);
        }
        return new Comparison(agreements);
    }

    /** The sum of the weights, in bits. */
    double bits() {
        return bits(agreements);
    }

    /** What all but the insurance number says. */
    double bitsWithoutNumber() {
        return bits(agreements.stream()
                .filter(agreement -> !agreement.element().equals(Agreement.NUMBER_SAME.element()))
                .toList());
    }

    boolean has(Agreement... some) {
        return Stream.of(some).anyMatch(agreements::contains);
    }

    boolean hasAll(Agreement... all) {
        return agreements.containsAll(List.of(all));
    }

    private static double bits(List<Agreement> some) {
        return some.stream().sorted().mapToDouble(Agreement::weight).sum();
    }

    // Names

    /** Of all their names, the two that agree best. */
    private static List<Agreement> names(Traits one, Traits other) {
        List<Agreement> best = List.of();
        double most = Double.NEGATIVE_INFINITY;
        for (PersonName name : one.names()) {
            for (PersonName another : other.names()) {
                List<Agreement> agreements = names(name, another);
                if (!agreements.isEmpty() && bits(agreements) > most) {
                    most = bits(agreements);
                    best = agreements;
                }
            }
        }
        return best;
    }

    private static List<Agreement> names(PersonName one, PersonName other) {
        List<Agreement> inPlace = new ArrayList<>();
        if (!one.family().isEmpty() && !other.family().isEmpty()) {
            inPlace.add(family(one.family(), other.family()));
        }
        if (!one.given().isEmpty() && !other.given().isEmpty()) {
            inPlace.add(given(one.given(), other.given()));
        }
        boolean swapped = inPlace.size() == 2
                && one.family().standsFor(other.given())
                && other.family().standsFor(one.given());
        return swapped && bits(inPlace) < Agreement.NAMES_SWAPPED.weight() ? List.of(Agreement.NAMES_SWAPPED) : inPlace;
    }

    private static Agreement family(NameForm one, NameForm other) {
        if (one.isSame(other)) {
            return Agreement.FAMILY_SAME;
        }
        if (one.isNear(other)) {
            return Agreement.FAMILY_NEAR;
        }
        return one.sharesWord(other) ? Agreement.FAMILY_PART : Agreement.FAMILY_OTHER;
    }

    private static Agreement given(NameForm one, NameForm other) {
        if (one.isSame(other) || one.words().get(0).equals(other.words().get(0))) {
            return Agreement.GIVEN_SAME;
        }
        if (one.sharesWord(other) || one.isInitialOf(other)) {
            return Agreement.GIVEN_SHARED;
        }
        return one.isNear(other) || one.hasNearWord(other) ? Agreement.GIVEN_NEAR : Agreement.GIVEN_OTHER;
    }

    // Codes

    private static Optional<Agreement> postalCode(Set<String> some, Set<String> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return Optional.empty();
        }
        if (!Collections.disjoint(some, others)) {
            return Optional.of(Agreement.POSTAL_SAME);
        }
        return Optional.of(anySlip(some, others) ? Agreement.POSTAL_NEAR : Agreement.POSTAL_OTHER);
    }

    /** A check digit tells a slip from the number of somebody else: of two right numbers, none is a slip of the other. */
    private static Optional<Agreement> insuranceNumber(Set<String> some, Set<String> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return Optional.empty();
        }
        if (!Collections.disjoint(some, others)) {
            return Optional.of(Agreement.NUMBER_SAME);
        }
        if (Stream.concat(some.stream(), others.stream()).allMatch(Kvnr::isValid)) {
            return Optional.of(Agreement.NUMBERS_TWO);
        }
        return Optional.of(anySlip(some, others) ? Agreement.NUMBER_NEAR : Agreement.NUMBER_OTHER);
    }

    private static boolean anySlip(Set<String> some, Set<String> others) {
        return some.stream().anyMatch(one -> others.stream().anyMatch(other -> OneSlip.between(one, other)));
    }
}
