package eu.sinusnode.server.measurements;

import eu.sinusnode.policy.narrowing.PopulationDates;
import eu.sinusnode.policy.narrowing.PopulationSearch.Dates;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.server.lane.ReadingStatus;
import eu.sinusnode.server.measurements.NewestAsked.Token;
import eu.sinusnode.server.rest.GivenParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what is asked of {@code $lastn}, or says what is wrong with it. */
final class NewestReader {

    static final Set<String> PARAMETERS = Set.of("patient", "subject", "max", "code", "category", "date", "status");

    static final int MOST = 100;

    private static final Pattern MAX = Pattern.compile("[1-9][0-9]{0,2}");
    private static final String STATUS_SYSTEM = "http://hl7.org/fhir/observation-status|";
    private static final Set<String> STATUSES =
            Arrays.stream(ReadingStatus.values()).map(ReadingStatus::code).collect(Collectors.toSet());

    private final String serverBase;

    NewestReader(String serverBase) {
        this.serverBase = serverBase;
    }

    NewestAsked read(GivenParameters given) {
        List<List<Token>> codes = tokens(given, "code");
        List<List<Token>> categories = tokens(given, "category");
        if (codes.isEmpty() && categories.isEmpty()) {
            throw AskedPatient.malformed("a category or a code is to be named, as category=vital-signs");
        }
        return new NewestAsked(
                AskedPatient.read(given, serverBase, "patient", "subject"),
                max(given.one("max")),
                codes,
                categories,
                given.all("status").stream().map(NewestReader::statuses).toList(),
                dates(given.all("date")));
    }

    private static int max(@Nullable String value) {
        if (value == null) {
            return 1;
        }
        if (!MAX.matcher(value).matches() || Integer.parseInt(value) > MOST) {
            throw AskedPatient.malformed("max is a number of Observations of each code, from 1 to " + MOST);
        }
        return Integer.parseInt(value);
    }

    private static List<List<Token>> tokens(GivenParameters given, String name) {
        return given.all(name).stream()
                .map(occurrence -> SearchRequest.alternatives(occurrence).stream()
                        .map(text -> token(name, text))
                        .toList())
                .toList();
    }

    private static Token token(String name, String text) {
        Token token = Token.of(text);
        if (token.code().isEmpty()) {
            throw AskedPatient.malformed(name + " names codes, as http://loinc.org|8867-4");
        }
        return token;
    }

    private static Set<String> statuses(String occurrence) {
        Set<String> codes = SearchRequest.alternatives(occurrence).stream()
                .map(text -> text.startsWith(STATUS_SYSTEM) ? text.substring(STATUS_SYSTEM.length()) : text)
                .collect(Collectors.toSet());
        if (!STATUSES.containsAll(codes)) {
            throw AskedPatient.malformed("status names states of an Observation, as final,amended");
        }
        return codes;
    }

    private static Dates dates(List<String> occurrences) {
        // A plus that was not encoded has become a blank on its way.
        return PopulationDates.read(
                        occurrences.stream().map(each -> each.replace(' ', '+')).toList())
                .orElseThrow(() -> AskedPatient.malformed("date is a day, as ge2026-01-31, or a second with its offset,"
                        + " as lt2026-01-31T08:00:00Z; one beginning and one end"));
    }
}
