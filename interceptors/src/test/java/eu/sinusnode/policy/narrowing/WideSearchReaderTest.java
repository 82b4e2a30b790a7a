package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.testing.Callers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideSearchReaderTest {

    private final WideSearchReader reader = new WideSearchReader(RecordVisibility.standard(), "http://server/fhir");
    private final Caller clinician = Callers.caller(Callers.clinician("clinic"));

    private Optional<WideSearch> read(Caller caller, String search) {
        String[] parts = search.split("\\?", 2);
        Map<String, List<String>> parameters = Arrays.stream(parts[1].split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.groupingBy(
                        each -> each[0], LinkedHashMap::new, Collectors.mapping(each -> each[1], Collectors.toList())));
        return reader.read(caller, ResolvedSearch.of(new SearchRequest(parts[0], parameters)));
    }

    @Test
    void conditionsOrderAndPageAreTakenApart() {
        WideSearch search = read(
                        clinician,
                        "Condition?code=a,b&_lastUpdated=gt2026&_sort=-recorded-date,code&_count=7&_format=json")
                .orElseThrow();
        assertThat(search.conditions().parameters())
                .containsExactlyInAnyOrderEntriesOf(Map.of("code", List.of("a,b"), "_lastUpdated", List.of("gt2026")));
        assertThat(search.order()).containsExactly("-recorded-date", "code");
        assertThat(search.count()).isEqualTo(7);
        assertThat(search.after()).isNull();
    }

    @Test
    void thePageIsItsCallersAlone() {
        String marked = SearchPageId.mark(clinician, "some-record");
        assertThat(read(clinician, "Task?_page=" + marked).orElseThrow().after())
                .isEqualTo("some-record");
        assertThat(read(Callers.caller(Callers.clinician("elsewhere")), "Task?_page=" + marked)
                        .orElseThrow()
                        .after())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Condition?patient=Patient/1",
                "Condition?subject=Patient/1",
                "Condition?_id=1",
                "Patient?_id=1",
                "Appointment?actor=Patient/1",
                "Condition?_total=accurate",
                "Condition?_total=estimate",
                "Condition?_summary=count",
                "Condition?_count=0",
                "Condition?_count=-1",
                "Condition?_count=1&_count=2",
                "Condition?_sort=code&_sort=_id",
                "Condition?_page=a&_page=b",
                "Condition?_content=heart",
                "Condition?_text=heart",
                "Device?status=active",
                "Provenance?recorded=2026",
                "Organization?name=a",
                "AuditEvent?date=2026",
            })
    void othersAreNone(String search) {
        assertThat(read(clinician, search)).isEmpty();
    }

    @Test
    void whoReachesOnePatientAsksNobodyElse() {
        assertThat(read(Callers.caller(Callers.patient("anna")), "Condition?code=a"))
                .isEmpty();
        assertThat(read(Callers.caller(Callers.gateway()), "Condition?code=a")).isEmpty();
        assertThat(read(clinician, "Condition?code=a")).isPresent();
        assertThat(read(clinician, "Appointment?actor=Practitioner/1")).isPresent();
    }
}
