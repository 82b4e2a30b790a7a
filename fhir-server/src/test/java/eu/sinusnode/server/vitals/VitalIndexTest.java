package eu.sinusnode.server.vitals;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VitalIndexTest {

    /** Were it let through, new vital signs would not be found by it. */
    @Test
    void aSearchParameterThatIsNotReadHereKeepsTheServerFromStarting() {
        assertThatThrownBy(() -> new VitalIndex(new PartitionSettings(), Set.of("code", "method")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("method");
    }
}
