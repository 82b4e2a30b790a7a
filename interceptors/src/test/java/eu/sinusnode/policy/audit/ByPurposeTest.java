package eu.sinusnode.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.consent.EmergencyReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ByPurposeTest {

    private static final AuditedRecord ANNAS = new AuditedRecord("anna", "Observation", "1", "1");
    private static final AuditedRecord BERNDS = new AuditedRecord("bernd", "Observation", "2", "1");
    private static final AuditedRecord NOBODYS = new AuditedRecord(null, "Organization", "3", "1");

    @Test
    void withoutAnEmergencyThereIsOneEntryAlsoForNoRecords() {
        assertThat(ByPurpose.of(List.of(ANNAS, BERNDS), Map.of()))
                .containsExactly(new ByPurpose(null, List.of(ANNAS, BERNDS)));
        assertThat(ByPurpose.of(List.of(), Map.of("anna", EmergencyReason.BTG)))
                .containsExactly(new ByPurpose(null, List.of()));
    }

    @Test
    void eachPatientsEntryHasItsOwnPurposeAndRule() {
        List<ByPurpose> parts = ByPurpose.of(List.of(ANNAS, NOBODYS, BERNDS), Map.of("anna", EmergencyReason.ETREAT));

        assertThat(parts)
                .containsExactly(
                        new ByPurpose(EmergencyReason.ETREAT, List.of(ANNAS)),
                        new ByPurpose(null, List.of(NOBODYS, BERNDS)));
        assertThat(parts.get(0).granted(List.of("consent"))).isEqualTo(new AuditOutcome.Granted("break-glass"));
        assertThat(parts.get(0).granted(List.of("break-glass: ETREAT", "consent")))
                .isEqualTo(new AuditOutcome.Granted("break-glass: ETREAT"));
        assertThat(parts.get(1).granted(List.of("break-glass: ETREAT", "consent")))
                .isEqualTo(new AuditOutcome.Granted("consent"));
        assertThat(parts.get(1).granted(List.of())).isEqualTo(new AuditOutcome.Granted("matrix"));
        AuditedCaller clinician = Entries.clinician();
        assertThat(parts.get(0).of(clinician)).extracting("purpose").isEqualTo("ETREAT");
        assertThat(parts.get(1).of(clinician)).isEqualTo(clinician);
    }
}
