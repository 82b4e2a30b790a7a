package eu.sinusnode.server.reminders;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskIndexTest {

    /** Were it let through, new reminders would not be found by it. */
    @Test
    void aSearchParameterThatIsNotReadHereKeepsTheServerFromStarting() {
        assertThatThrownBy(() -> new TaskIndex(new PartitionSettings(), Set.of("code", "owner")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("owner");
    }
}
