package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Procedure;
import org.junit.jupiter.api.Test;

class ProcedureProfileTest extends AbstractProfileTest {

    ProcedureProfileTest() {
        super("procedure", Canonicals.PROCEDURE);
    }

    @Test
    void plannedProcedureNeedsNoTime() {
        assertThat(errors(changed(Procedure.class, procedure -> procedure
                        .setStatus(Procedure.ProcedureStatus.PREPARATION)
                        .setPerformed(null))))
                .isEmpty();
    }
}
