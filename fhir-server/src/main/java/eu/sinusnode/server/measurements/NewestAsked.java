package eu.sinusnode.server.measurements;

import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamDate;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.narrowing.PopulationSearch.Dates;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.lane.ReadingStatus;
import eu.sinusnode.server.lane.VitalCode;
import eu.sinusnode.server.lane.WithoutReading;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What {@code $lastn} asks for of a patient.
 *
 * @param max newest of each group
 * @param codes each occurrence of the parameter: alternatives of which one is the Observation's; empty for any code
 * @param categories likewise
 * @param statuses likewise, as codes
 */
record NewestAsked(
        String patientId,
        int max,
        List<List<Token>> codes,
        List<List<Token>> categories,
        List<Set<String>> statuses,
        Dates dates) {

    /**
     * A search by token (search.html#token).
     *
     * @param system null is any; empty is none
     * @param code empty is any of the system
     */
    record Token(@Nullable String system, String code) {
        static Token of(String text) {
            int bar = text.indexOf('|');
            return bar < 0 ? new Token(null, text) : new Token(text.substring(0, bar), text.substring(bar + 1));
        }

        boolean matches(Coding coding) {
            String stated = coding.getSystem() == null ? "" : coding.getSystem();
            return (system == null || system.equals(stated)) && (code.isEmpty() || code.equals(coding.getCode()));
        }
    }

    /** Vital codes that are walked newest first: those that are asked for in so many words, or all when no code is. */
    List<VitalCode> vitalCodes() {
        return Arrays.stream(VitalCode.values())
                .filter(VitalCode::isLeading)
                .filter(code -> codes.isEmpty()
                        || codes.size() == 1 && codes.get(0).contains(new Token(Codes.LOINC, code.observationCode())))
                .toList();
    }

    /** The codes that the storage's index is asked for; empty when the vital codes are all that is asked for. */
    Set<String> otherCodes() {
        Set<Token> vital = codes.size() == 1
                ? vitalCodes().stream()
                        .map(code -> new Token(Codes.LOINC, code.observationCode()))
                        .collect(Collectors.toSet())
                : Set.of();
        return codes.stream()
                .limit(1)
                .flatMap(List::stream)
                .filter(token -> !vital.contains(token))
                .map(Token::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Codes of the first occurrence, null when there is none. */
    @Nullable
    Set<String> categoryCodes() {
        return categories.isEmpty()
                ? null
                : categories.get(0).stream().map(Token::code).collect(Collectors.toCollection(TreeSet::new));
    }

    /** By the Observation itself. */
    boolean matches(Observation observation) {
        return codes.stream().allMatch(some -> carries(Stream.of(observation.getCode()), some))
                && categories.stream().allMatch(some -> carries(observation.getCategory().stream(), some))
                && statuses.stream()
                        .allMatch(some ->
                                some.contains(ReadingStatus.of(observation).code()))
                && isWithin(WithoutReading.date(observation.getEffective()));
    }

    private static boolean carries(Stream<CodeableConcept> concepts, List<Token> some) {
        return concepts.flatMap(concept -> concept.getCoding().stream())
                .anyMatch(coding -> some.stream().anyMatch(token -> token.matches(coding)));
    }

    /** What lies partly within counts, unless a day or moment was named. */
    private boolean isWithin(ResourceIndexedSearchParamDate date) {
        Instant low = date.getValueLow().toInstant();
        Instant high = date.getValueHigh().toInstant();
        int lowDay = date.getValueLowDateOrdinal();
        int highDay = date.getValueHighDateOrdinal();
        Instant from = dates.from();
        Instant before = dates.before();
        LocalDate fromDay = dates.fromDay();
        LocalDate toDay = dates.toDay();
        return (from == null || !(dates.within() ? low : high).isBefore(from))
                && (before == null || (dates.within() ? high : low).isBefore(before))
                && (fromDay == null || (dates.within() ? lowDay : highDay) >= number(fromDay))
                && (toDay == null || (dates.within() ? highDay : lowDay) <= number(toDay));
    }

    private static int number(LocalDate day) {
        return Integer.parseInt(day.format(DateTimeFormatter.BASIC_ISO_DATE));
    }

    /** By which an Observation is grouped: its codings, or its text when it has none. */
    static Set<String> groupKeys(Observation observation) {
        Set<String> keys = observation.getCode().getCoding().stream()
                .map(coding -> new Code(
                                Optional.ofNullable(coding.getSystem()).orElse(""), String.valueOf(coding.getCode()))
                        .token())
                .collect(Collectors.toCollection(TreeSet::new));
        return keys.isEmpty() ? Set.of("text " + observation.getCode().getText()) : keys;
    }
}
