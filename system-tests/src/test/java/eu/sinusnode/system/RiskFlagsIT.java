package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.profiles.Codes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SystemExtension.class)
class RiskFlagsIT {

    /** Persistent atrial fibrillation on an ECG patch; everything permitted; first clinic. */
    private static final int FIBRILLATING = 2;

    /** Uncontrolled hypertension; everything permitted; first clinic. */
    private static final int HYPERTENSIVE = 1;

    @Test
    void theLoaderWasConfirmedEveryPatient(RunningSystem system) {
        assertThat(system.loaded().patients()).isEqualTo(10);
        assertThat(system.loaded().vitals()).isGreaterThan(1000);
        assertThat(system.loaded().carePlans()).isPositive();
        assertThat(system.loaded().created()).isPositive();
    }

    @Test
    void fibrillationIsFlaggedWithReasonsAndWhatItWasDerivedFrom(RunningSystem system) {
        JsonNode flag = flag(system, FIBRILLATING, Codes.SUSPECTED_ATRIAL_FIBRILLATION);

        assertThat(flag.path("status").asText()).isEqualTo("preliminary");
        assertThat(flag.path("valueCodeableConcept")
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asText())
                .isIn("high", "certain", "moderate");
        assertThat(flag.path("note").findValuesAsText("text")).anyMatch(text -> text.length() > 40);
        assertThat(flag.path("derivedFrom")).isNotEmpty();
        assertThat(flag.path("device").path("reference").asText()).startsWith("Device/");
        assertThat(flag.path("component")).isNotEmpty();
    }

    @Test
    void uncontrolledHypertensionIsFlagged(RunningSystem system) {
        JsonNode flag = flag(system, HYPERTENSIVE, Codes.HOME_BLOOD_PRESSURE_CATEGORY);

        assertThat(flag.path("valueCodeableConcept")
                        .path("coding")
                        .path(0)
                        .path("code")
                        .asText())
                .isIn("hypertension", "severe");
    }

    @Test
    void anInsurerNeverSeesAFlagThatNobodySigned(RunningSystem system) {
        String patient = system.persona(HYPERTENSIVE).id();

        assertThat(Searches.firstPage(system.as("insurer"), Searches.bloodPressures(patient)))
                .as("the insurer may read this patient's blood pressure")
                .isNotEmpty();
        assertThat(Searches.firstPage(system.as("insurer"), Searches.flags(patient)))
                .isEmpty();
    }

    @Test
    void aSecondRunWritesNothingNew(RunningSystem system) {
        JsonNode report = system.runRiskJob();

        assertThat(report.path("flagsRaised").asInt()).isZero();
        assertThat(report.path("flagsChanged").asInt()).isZero();
        assertThat(report.path("failed").asInt()).isZero();
        assertThat(report.path("flagsUnchanged").asInt()).isPositive();
    }

    private static JsonNode flag(RunningSystem system, int persona, String code) {
        List<JsonNode> flags =
                Searches.firstPage(
                                system.as("clinician-1"),
                                Searches.flags(system.persona(persona).id()))
                        .stream()
                        .filter(f -> f.path("code")
                                .path("coding")
                                .path(0)
                                .path("code")
                                .asText()
                                .equals(code))
                        .toList();
        assertThat(flags).as("flags %s of persona %d", code, persona).hasSize(1);
        return flags.get(0);
    }
}
