package eu.sinusnode.server.matching;

import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Patient;

/**
 * Which Patients are worth a comparison, as searches: those with one of the identifiers, those who were born on the day or
 * on one that a slip makes of it, and those of the family name in one of its spellings. Whoever differs in all three is not
 * found.
 */
final class Blocks {

    private Blocks() {}

    static List<SearchRequest> of(Traits traits) {
        List<SearchRequest> blocks = new ArrayList<>();
        Set<String> identifiers = new TreeSet<>(traits.otherIdentifiers());
        traits.insuranceNumbers().forEach(number -> identifiers.add(Codes.KVNR + "|" + number));
        if (!identifiers.isEmpty()) {
            blocks.add(search(Map.of(
                    "identifier",
                    identifiers.stream().map(SearchRequest::escapeToken).collect(Collectors.joining(",")))));
        }
        String birthDay = traits.birthDay();
        if (birthDay != null) {
            blocks.add(search(Map.of("birthdate", String.join(",", BirthDates.near(birthDay)))));
        }
        Set<String> spellings = spellings(traits);
        if (!spellings.isEmpty()) {
            blocks.add(search(Map.of(
                    "family", spellings.stream().map(SearchRequest::escape).collect(Collectors.joining(",")))));
        }
        return blocks;
    }

    private static SearchRequest search(Map<String, String> conditions) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        conditions.forEach((name, value) -> parameters.put(name, List.of(value)));
        return new SearchRequest(Patient.class.getSimpleName(), parameters);
    }

    /** What a family name may begin with where it is stored; the storage compares without case and marks. */
    private static Set<String> spellings(Traits traits) {
        Set<String> spellings = new TreeSet<>();
        for (PersonName name : traits.names()) {
            spell(name.family(), spellings);
            if (!name.given().isEmpty()) {
                // The names may stand in each other's place.
                spell(new NameForm(List.of(name.given().words().get(0))), spellings);
            }
        }
        return spellings;
    }

    private static void spell(NameForm name, Set<String> spellings) {
        List<String> forms = new ArrayList<>(name.words());
        forms.add(name.joined());
        forms.stream()
                .filter(form -> form.length() >= Traits.SHORTEST_BEGINNING)
                .forEach(form -> {
                    spellings.add(form);
                    spellings.add(NameForm.lost(form));
                });
    }
}
