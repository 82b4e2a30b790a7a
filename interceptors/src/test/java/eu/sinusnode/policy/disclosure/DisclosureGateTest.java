package eu.sinusnode.policy.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOperationStatusEnum;
import java.util.List;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class DisclosureGateTest {

    /** What is taken for empty and is not would leave undecided. */
    @Test
    void whatMayHoldOthersIsLookedThrough() {
        Observation containing = new Observation();
        containing.addContained(new Patient());
        for (Resource resource : List.of(
                containing,
                new Bundle().setType(Bundle.BundleType.DOCUMENT),
                new Bundle().setType(Bundle.BundleType.SEARCHSET),
                new Parameters(),
                new Binary())) {
            assertThat(DisclosureGate.permitted(resource).getStatus())
                    .as(resource.fhirType())
                    .isEqualTo(ConsentOperationStatusEnum.PROCEED);
        }
    }

    @Test
    void aRecordWithoutContainedOnesIsDone() {
        assertThat(DisclosureGate.permitted(new Observation()).getStatus())
                .isEqualTo(ConsentOperationStatusEnum.AUTHORIZED);
    }
}
