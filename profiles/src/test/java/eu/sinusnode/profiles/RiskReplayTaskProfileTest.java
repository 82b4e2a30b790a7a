package eu.sinusnode.profiles;

class RiskReplayTaskProfileTest extends AbstractProfileTest {

    RiskReplayTaskProfileTest() {
        super("risk-replay-task", Canonicals.RISK_REPLAY_TASK);
    }
}
