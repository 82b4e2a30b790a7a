package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.PersonalLimits;
import eu.sinusnode.analysis.facts.Sex;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Birth date, sex and country of a Patient. A birth date that tells no day gives no age. */
final class PersonOfResource {

    private static final Set<String> NO_RESIDENCE = Set.of("old", "temp", "billing");

    private PersonOfResource() {}

    static PatientFacts of(JsonNode patient) {
        return new PatientFacts(
                FactsOfResources.reference(patient),
                FhirDates.day(FactsOfResources.text(patient, "birthDate")),
                sex(FactsOfResources.text(patient, "gender")),
                country(patient),
                PatientFacts.NONE.diagnoses(),
                null,
                PatientFacts.NONE.drugs(),
                List.of(),
                null,
                null,
                PersonalLimits.NONE,
                List.of());
    }

    private static @Nullable Sex sex(String gender) {
        return switch (gender) {
            case "female" -> Sex.FEMALE;
            case "male" -> Sex.MALE;
            default -> null;
        };
    }

    /** Null also when the addresses name several: where somebody lives is not guessed. */
    private static @Nullable String country(JsonNode patient) {
        Set<String> countries = FactsOfResources.stream(patient.path("address"))
                .filter(address -> !NO_RESIDENCE.contains(FactsOfResources.text(address, "use")))
                .map(address -> FactsOfResources.text(address, "country"))
                .filter(country -> !country.isEmpty())
                .collect(Collectors.toSet());
        return countries.size() == 1 ? countries.iterator().next() : null;
    }
}
