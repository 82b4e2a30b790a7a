package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.narrowing.PopulationSearch.Dates;
import eu.sinusnode.policy.testing.Callers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PopulationSearchReaderTest {

    private static final String HEART_RATE = "code=http://loinc.org|8867-4";
    private static final Caller CLINICIAN = Callers.caller(Callers.clinician("clinic"));

    private final PopulationSearchReader reader = new PopulationSearchReader(RecordVisibility.standard());

    private static SearchRequest search(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            parameters
                    .computeIfAbsent(part.substring(0, equals), name -> new ArrayList<>())
                    .add(part.substring(equals + 1));
        }
        return new SearchRequest("Observation", parameters);
    }

    private Optional<PopulationSearch> read(String query) {
        return reader.read(CLINICIAN, search(query));
    }

    private PopulationSearch known(String query) {
        return read(query).orElseThrow(() -> new AssertionError(query));
    }

    @Test
    void whatIsAskedIsTakenOver() {
        PopulationSearch search = known(
                "code=http://loinc.org|8867-4,http://loinc.org|85354-9&status=final,amended&status=amended,corrected"
                        + "&_sort=date&_count=50&_total=none&_format=json");
        assertThat(search.codes()).containsExactly("85354-9", "8867-4");
        assertThat(search.statuses()).containsExactly("amended");
        assertThat(search.descending()).isFalse();
        assertThat(search.count()).isEqualTo(50);
        assertThat(search.after()).isNull();
        assertThat(search.dates()).isEqualTo(Dates.ANY);
        assertThat(known(HEART_RATE).descending()).isTrue();
        assertThat(known(HEART_RATE).statuses()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "date=2026-06-01, 2026-06-01, 2026-06-01",
        "date=eq2026-06-01, 2026-06-01, 2026-06-01",
        "date=ge2026-06-01, 2026-06-01,",
        "date=gt2026-06-30, 2026-07-01,",
        "date=le2026-06-01, , 2026-06-01",
        "date=lt2026-06-01, , 2026-05-31",
        "date=ge2026-06-01&date=lt2026-07-01, 2026-06-01, 2026-06-30",
    })
    void daysHaveAFirstAndALast(String date, LocalDate first, LocalDate last) {
        assertThat(known(HEART_RATE + "&" + date).dates())
                .extracting(Dates::fromDay, Dates::toDay, Dates::from, Dates::before)
                .containsExactly(first, last, null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "date=2026-06-01T08:00:00Z, 2026-06-01T08:00:00Z, 2026-06-01T08:00:01Z",
        "date=ge2026-06-01T08:00:00+02:00, 2026-06-01T06:00:00Z,",
        "date=gt2026-06-01T08:00:00Z, 2026-06-01T08:00:01Z,",
        "date=le2026-06-01T08:00:00Z, , 2026-06-01T08:00:01Z",
        "date=lt2026-06-01T08:00:00Z, , 2026-06-01T08:00:00Z",
    })
    void secondsHaveABeginningAndAnEnd(String date, Instant from, Instant before) {
        assertThat(known(HEART_RATE + "&" + date).dates())
                .extracting(Dates::fromDay, Dates::toDay, Dates::from, Dates::before)
                .containsExactly(null, null, from, before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=final",
                "code=8867-4",
                "code=http://loinc.org|1234-5",
                "code=http://loinc.org|8867-4,",
                "code=http://loinc.org|8867-4&code=http://loinc.org|85354-9",
                "code:not=http://loinc.org|8867-4",
                "code=http://loinc.org|8867-4&patient=Patient/1",
                "code=http://loinc.org|8867-4&category=vital-signs",
                "code=http://loinc.org|8867-4&status=nonsense",
                "code=http://loinc.org|8867-4&status:not=final",
                "code=http://loinc.org|8867-4&_sort=-date,_id",
                "code=http://loinc.org|8867-4&_sort=_lastUpdated",
                "code=http://loinc.org|8867-4&_count=0",
                "code=http://loinc.org|8867-4&_count=many",
                "code=http://loinc.org|8867-4&_total=accurate",
                "code=http://loinc.org|8867-4&_summary=count",
                "code=http://loinc.org|8867-4&date=2026",
                "code=http://loinc.org|8867-4&date=2026-06",
                "code=http://loinc.org|8867-4&date=2026-02-30",
                "code=http://loinc.org|8867-4&date=2026-06-01T08:00",
                "code=http://loinc.org|8867-4&date=2026-06-01T08:00:00",
                "code=http://loinc.org|8867-4&date=ne2026-06-01",
                "code=http://loinc.org|8867-4&date=2026-06-01,2026-06-02",
                "code=http://loinc.org|8867-4&date=ge2026-06-01&date=ge2026-06-02",
                "code=http://loinc.org|8867-4&date=ge2026-06-01&date=lt2026-06-01T08:00:00Z",
                "code=http://loinc.org|55423-8&date=2026-06-01",
            })
    void whatSaysMoreIsAnotherSearch(String query) {
        assertThat(read(query)).isEmpty();
    }

    @Test
    void ofAnotherTypeItIsAnotherSearch() {
        assertThat(reader.read(
                        CLINICIAN,
                        new SearchRequest("DiagnosticReport", search(HEART_RATE).parameters())))
                .isEmpty();
    }

    @Test
    void anInsurerFindsWhatIsSigned() {
        Caller insurer = Callers.caller(Callers.insurer());
        assertThat(reader.read(insurer, search(HEART_RATE)).orElseThrow().statuses())
                .containsExactly("amended", "corrected", "entered-in-error", "final");
        assertThat(reader.read(insurer, search(HEART_RATE + "&status=preliminary"))
                        .orElseThrow()
                        .statuses())
                .isEmpty();
    }

    @Test
    void scopesWithFiltersOrForOnePatientAreNotEnough() {
        for (String scope : List.of("user/Observation.rs?status=final", "patient/Observation.rs")) {
            Caller limited = Callers.caller(
                    Callers.with(Callers.with(Callers.clinician("clinic"), "scope", scope), "patient", "anna"));
            assertThat(reader.read(limited, search(HEART_RATE))).as(scope).isEmpty();
        }
    }

    @Test
    void ofOnePatientIsWhatWasNarrowedToOne() {
        SearchRequest asked = search(HEART_RATE + "&subject=anna&_sort=date");
        PopulationSearch search = reader.readOfOne(CLINICIAN, asked, search(HEART_RATE + "&patient=Patient/anna"))
                .orElseThrow();
        assertThat(search.patient()).isEqualTo("anna");
        assertThat(search.descending()).isFalse();
        for (String narrowed : List.of(
                "patient=Patient/anna,Patient/berta",
                "patient=Patient/anna&_id=1",
                "_id=" + SearchNarrowing.NOBODY,
                "code=http://loinc.org|8867-4")) {
            assertThat(reader.readOfOne(CLINICIAN, asked, search(narrowed)))
                    .as(narrowed)
                    .isEmpty();
        }
        SearchRequest more = search(HEART_RATE + "&patient=anna&category=vital-signs");
        assertThat(reader.readOfOne(CLINICIAN, more, search("patient=Patient/anna")))
                .isEmpty();
    }

    @Test
    void ofOnePatientAScopeForOnePatientIsEnoughAndOneWithAFilterIsNot() {
        SearchRequest asked = search(HEART_RATE + "&patient=anna");
        SearchRequest narrowed = search("patient=Patient/anna");
        Caller anna = Callers.caller(Callers.patient("anna"));
        assertThat(reader.readOfOne(anna, asked, narrowed)).isPresent();
        Caller limited =
                Callers.caller(Callers.with(Callers.patient("anna"), "scope", "patient/Observation.rs?status=final"));
        assertThat(reader.readOfOne(limited, asked, narrowed)).isEmpty();
    }

    @Test
    void aPlaceIsTheOneThatThisCallerWasTold() {
        String marked = SearchPageId.mark(CLINICIAN, "2026-06-01T08:00:00Z~1");
        assertThat(known(HEART_RATE + "&_page=" + marked).after()).isEqualTo("2026-06-01T08:00:00Z~1");
        assertThat(known(HEART_RATE + "&_page=" + marked + "0").after()).isEmpty();
        assertThat(reader.read(Callers.caller(Callers.clinician("other")), search(HEART_RATE + "&_page=" + marked))
                        .orElseThrow()
                        .after())
                .isEmpty();
    }
}
