package eu.sinusnode.launcher.therapy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class PatientWeekTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<JsonNode> resources(ObjectNode transaction, String type) {
        return StreamSupport.stream(transaction.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> type.equals(resource.path("resourceType").asText()))
                .toList();
    }

    private static ObjectNode week(Optional<JsonNode> medicine, LocalDate today) {
        return new PatientWeek("p", "c", medicine, today, BERLIN).transaction();
    }

    @Test
    void twoMeasurementsAndOneIntakeAreMissing() {
        ObjectNode medicine = FhirJson.resource("MedicationRequest").put("id", "m");
        ObjectNode week = week(Optional.of(medicine), LocalDate.of(2026, 11, 28));
        List<JsonNode> pressures = resources(week, "Observation");
        assertThat(pressures).hasSize(12);
        assertThat(pressures.get(0).path("effectiveDateTime").asText()).isEqualTo("2026-11-21T07:30:00+01:00");
        assertThat(pressures.get(11).path("effectiveDateTime").asText()).isEqualTo("2026-11-27T19:30:00+01:00");
        assertThat(resources(week, "MedicationAdministration")).hasSize(6);
    }

    @Test
    void theClockOfThePatientIsKeptOverAChange() {
        List<JsonNode> pressures = resources(week(Optional.empty(), LocalDate.of(2026, 10, 28)), "Observation");
        assertThat(pressures)
                .extracting(pressure -> pressure.path("effectiveDateTime").asText())
                .contains("2026-10-24T07:30:00+02:00", "2026-10-25T07:30:00+01:00");
    }

    @Test
    void withoutAPrescriptionNothingWasTaken() {
        assertThat(resources(week(Optional.empty(), LocalDate.of(2026, 11, 28)), "MedicationAdministration"))
                .isEmpty();
    }
}
