package eu.sinusnode.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which search values the audit keeps, and which it keeps as keyed stand-ins. */
class AuditedQueryTest {

    private static final ValueKey KEY = value -> "~k." + Integer.toHexString(value.hashCode());

    @ParameterizedTest
    @CsvSource({
        "code, http://loinc.org|8867-4, http%3A%2F%2Floinc.org%7C8867-4",
        "code, '8867-4,85354-9', '8867-4%2C85354-9'",
        "category, vital-signs, vital-signs",
        "date, ge2026-01-01T00:00:00+01:00, ge2026-01-01T00%3A00%3A00%2B01%3A00",
        "combo-code-value-quantity, http://loinc.org|8480-6$gt140||mm[Hg], http%3A%2F%2Floinc.org%7C8480-6%24gt140%7C%7Cmm%5BHg%5D",
        "_count, 20, 20",
        "_sort, -date, -date"
    })
    void codesAndTimesStay(String name, String value, String kept) {
        assertThat(of(name, value)).isEqualTo("Observation?" + name + "=" + kept);
    }

    @ParameterizedTest
    @CsvSource({
        "identifier, http://fhir.de/sid/gkv/kvid-10|A123456780",
        "name, Müller",
        "family, Meier",
        "given, Anna",
        "birthdate, 1961-04-05",
        "patient, Patient/anna",
        "subject, Patient/anna",
        "_id, hr-anna",
        "target, Observation/hr-anna",
        "after, anna",
        "patient.name, Meier",
        "name:exact, Meier",
        "unknown, Meier",
        "code, Anna Meier geb. 1961",
        "code, Müller",
        "date, '2026 Meier'"
    })
    void whateverMayNameAPersonIsKeyed(String name, String value) {
        assertThat(of(name, value)).isEqualTo("Observation?" + name + "=" + KEY.keyed(value));
    }

    @Test
    void alternativesAreKeyedOneByOne() {
        assertThat(of("patient", "anna,bernd"))
                .isEqualTo("Observation?patient=" + KEY.keyed("anna") + "," + KEY.keyed("bernd"));
        assertThat(of("name", "Meier\\,Anna")).isEqualTo("Observation?name=" + KEY.keyed("Meier\\,Anna"));
    }

    @Test
    void aNameThatIsNoParametersNameIsNotKept() {
        assertThat(of("Anna Meier", "x")).isEqualTo("Observation?_unreadable=" + KEY.keyed("x"));
    }

    @Test
    void parametersStandInOrderAndRepeatThemselves() {
        assertThat(AuditedQuery.of(
                        "Observation",
                        Map.of("status", new String[] {"final"}, "date", new String[] {"ge2026", "lt2027"}),
                        Map.of(),
                        KEY))
                .isEqualTo("Observation?date=ge2026&date=lt2027&status=final");
        assertThat(AuditedQuery.of(null, Map.of("_getpages", new String[] {"abc"}), Map.of(), KEY))
                .isEqualTo("?_getpages=abc");
        assertThat(AuditedQuery.of("Observation", Map.of(), Map.of(), KEY)).isEqualTo("Observation");
    }

    @Test
    void whatCameInAFormStandsAfterAnEmptyLine() {
        Map<String, String[]> asked =
                Map.of("status", new String[] {"final"}, "date", new String[] {"ge2026", "lt2027"});
        assertThat(AuditedQuery.of("Observation/_search", asked, Map.of("date", 2, "status", 1), KEY))
                .isEqualTo("Observation/_search\n\ndate=ge2026&date=lt2027&status=final");
        assertThat(AuditedQuery.of("Observation/_search", asked, Map.of("date", 1), KEY))
                .isEqualTo("Observation/_search?date=ge2026&status=final\n\ndate=lt2027");
    }

    @Test
    void aVeryLongSearchIsCutOff() {
        String many = "anna,".repeat(5_000);
        assertThat(of("patient", many)).hasSize(4_001).endsWith("…");
    }

    private static String of(String name, String value) {
        return AuditedQuery.of("Observation", Map.of(name, new String[] {value}), Map.of(), KEY);
    }
}
