package eu.sinusnode.profiles;

class AnalysisRunProfileTest extends AbstractProfileTest {

    AnalysisRunProfileTest() {
        super("analysis-run", Canonicals.ANALYSIS_RUN_REPORT);
    }
}
