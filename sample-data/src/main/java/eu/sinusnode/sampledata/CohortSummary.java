package eu.sinusnode.sampledata;

/**
 * What was generated.
 *
 * @param vitals vital readings, each counted once however often it is sent
 * @param resent vital readings that stand in a second bundle as well
 * @param recordings of beat-to-beat intervals
 * @param bundles files, the base included
 */
public record CohortSummary(int patients, long vitals, long resent, long recordings, long bundles) {

    static final CohortSummary NOTHING = new CohortSummary(0, 0, 0, 0, 0);

    CohortSummary plus(CohortSummary other) {
        return new CohortSummary(
                patients + other.patients,
                vitals + other.vitals,
                resent + other.resent,
                recordings + other.recordings,
                bundles + other.bundles);
    }
}
