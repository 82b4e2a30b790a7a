package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import eu.sinusnode.launcher.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SystemExtension.class)
class ConsentIT {

    private static final int WIDE = 1;
    /** Wide consent, first clinic and insurer, and no other test leans on this one. */
    private static final int WITHDRAWS = 3;

    private static final int BLOOD_PRESSURE_ONLY = 6;
    private static final int WITHDRAWN = 8;
    private static final int NEVER_ASKED = 9;

    @Test
    void anInsurerReadsAMemberWhoPermitsIt(RunningSystem system) {
        Answer answer =
                system.as("insurer").get("Patient/" + system.persona(WIDE).id());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("id").asText())
                .isEqualTo(system.persona(WIDE).id());
    }

    @Test
    void anInsurerCannotTellAMemberWithoutConsentFromNobody(RunningSystem system) {
        String unknown = "00000000-0000-4000-8000-00000000abcd";
        Answer nobody = system.as("insurer").get("Patient/" + unknown);
        assertThat(nobody.status()).isEqualTo(404);

        for (int persona : new int[] {NEVER_ASKED, WITHDRAWN}) {
            String id = system.persona(persona).id();
            Answer hidden = system.as("insurer").get("Patient/" + id);

            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden.body().toString().replace(id, unknown))
                    .isEqualTo(nobody.body().toString());
            assertThat(Searches.firstPage(system.as("insurer"), Searches.bloodPressures(id)))
                    .isEmpty();
        }
    }

    @Test
    void aNarrowConsentOpensWhatItNamesAndNothingElse(RunningSystem system) {
        String id = system.persona(BLOOD_PRESSURE_ONLY).id();

        assertThat(Searches.firstPage(system.as("insurer"), Searches.bloodPressures(id)))
                .isNotEmpty()
                .allSatisfy(vital -> assertThat(vital.path("code").toString()).contains("85354-9"));
        assertThat(Searches.firstPage(system.as("insurer"), Searches.heartRates(id)))
                .isEmpty();
        assertThat(Searches.firstPage(system.as("clinician-1"), Searches.heartRates(id)))
                .as("they are there: the clinic sees them")
                .isNotEmpty();
    }

    @Test
    void aWithdrawnConsentChangesTheNextAnswerOfEverybody(RunningSystem system) {
        Persona persona = system.persona(WITHDRAWS);
        String pressures = Searches.bloodPressures(persona.id());
        assertThat(Searches.firstPage(system.as("insurer"), pressures)).isNotEmpty();
        assertThat(Searches.firstPage(system.as("clinician-1"), pressures)).isNotEmpty();
        long scoredBefore = system.runRiskJob("--full").path("patients").asLong();

        List<JsonNode> consents = setConsents(system, persona, "inactive");
        try {
            assertThat(Searches.firstPage(system.as("insurer"), pressures)).isEmpty();
            assertThat(Searches.firstPage(system.as("clinician-1"), pressures)).isEmpty();
            assertThat(system.as("clinician-1").get("Patient/" + persona.id()).status())
                    .isEqualTo(404);
            assertThat(system.as(persona.login()).get("Patient/" + persona.id()).status())
                    .as("the patient's own access does not hang on consent")
                    .isEqualTo(200);
            assertThat(system.runRiskJob("--full").path("patients").asLong()).isEqualTo(scoredBefore - 1);
        } finally {
            setConsents(system, persona, "active");
        }
        assertThat(consents).isNotEmpty();
        assertThat(Searches.firstPage(system.as("insurer"), pressures)).isNotEmpty();
    }

    /** The patient's own PUT of each Consent, with a real token of that patient. */
    private static List<JsonNode> setConsents(RunningSystem system, Persona persona, String status) {
        List<JsonNode> consents =
                Searches.firstPage(system.as(persona.login()), "Consent?patient=Patient/" + persona.id());
        for (JsonNode consent : consents) {
            ObjectNode changed = ((ObjectNode) consent).deepCopy().put("status", status);
            Answer answer = system.as(persona.login())
                    .put(
                            "Consent/" + consent.path("id").asText(),
                            changed.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as(answer.diagnostics()).isEqualTo(200);
        }
        return consents;
    }
}
