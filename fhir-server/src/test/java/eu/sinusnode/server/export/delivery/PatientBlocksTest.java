package eu.sinusnode.server.export.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.export.file.Frame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PatientBlocksTest {

    private static final UUID ANNA = UUID.fromString("00000000-0000-0001-0000-000000000001");
    private static final UUID BERTA = UUID.fromString("00000000-0000-0001-0000-000000000002");

    private final PatientBlocks blocks = new PatientBlocks(FhirContext.forR4Cached(), UUID::toString);

    @Test
    void aHeaderStandsBeforeTheFirstLineAndNoOther() {
        assertThat(blocks.takes(frame("Patient", ANNA))).isTrue();
        assertThat(before())
                .isEqualTo("{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"header\",\"valueReference\":"
                        + "{\"reference\":\"Patient/" + ANNA + "\"}}]}\n");
        assertThat(blocks.takes(frame("Observation", ANNA))).isTrue();
        assertThat(before()).isEmpty();
        assertThat(blocks.takes(frame("Appointment", ANNA, BERTA)))
                .as("of several, in the first one's")
                .isTrue();
        assertThat(before()).isEmpty();
        assertThat(blocks.takes(frame("Organization"))).isTrue();
        assertThat(before()).isEmpty();

        assertThat(blocks.takes(frame("Patient", BERTA))).isTrue();
        assertThat(before()).contains("Patient/" + BERTA);
    }

    @Test
    void whoseLinesDoNotLeaveHasNoHeader() {
        blocks.takes(frame("Patient", ANNA));
        blocks.takes(frame("Observation", ANNA));

        assertThat(blocks.takes(frame("Organization")))
                .as("nobody stands in a block that is not there")
                .isFalse();
        blocks.takes(frame("Patient", BERTA));
        blocks.takes(frame("Observation", BERTA));
        assertThat(before()).contains("Patient/" + BERTA).doesNotContain(ANNA.toString());
        assertThat(blocks.takes(frame("Organization"))).isTrue();
    }

    @Test
    void nobodyStandsInTheBlockBefore() {
        blocks.takes(frame("Patient", ANNA));
        blocks.before();
        blocks.takes(frame("Patient", BERTA));

        assertThat(blocks.takes(frame("Organization"))).isFalse();
    }

    @Test
    void aHeaderSaysTheRecipientsId() {
        PatientBlocks pseudonymised = new PatientBlocks(FhirContext.forR4Cached(), id -> "pseudonym");
        pseudonymised.takes(frame("Patient", ANNA));

        assertThat(new String(pseudonymised.before(), StandardCharsets.UTF_8))
                .contains("\"Patient/pseudonym\"")
                .doesNotContain(ANNA.toString());
    }

    @Test
    void plainFilesHaveNone() {
        for (Frame frame : List.of(frame("Patient", ANNA), frame("Organization"))) {
            assertThat(Arrangement.PLAIN.takes(frame)).isTrue();
            assertThat(Arrangement.PLAIN.before()).isEmpty();
        }
    }

    private String before() {
        return new String(blocks.before(), StandardCharsets.UTF_8);
    }

    private static Frame frame(String type, UUID... owners) {
        return new Frame(type, List.of(owners), new byte[0], 1);
    }
}
