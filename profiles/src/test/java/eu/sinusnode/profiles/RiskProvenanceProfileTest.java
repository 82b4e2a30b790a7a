package eu.sinusnode.profiles;

class RiskProvenanceProfileTest extends AbstractProfileTest {

    RiskProvenanceProfileTest() {
        super("risk-provenance", Canonicals.RISK_PROVENANCE);
    }
}
