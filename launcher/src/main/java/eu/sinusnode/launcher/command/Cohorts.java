package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.sampledata.CohortSpec;
import java.time.LocalDate;
import java.time.ZoneId;

/** What the command line says of a cohort, checked. */
final class Cohorts {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private Cohorts() {}

    static CohortSpec spec(int patients, long seed, int weeks) {
        LocalDate today = LocalDate.now(ZONE);
        // The server refuses readings of the future; on a machine whose calendar is behind, the data end today.
        LocalDate end = CohortSpec.DEFAULT_END.isAfter(today) ? today : CohortSpec.DEFAULT_END;
        try {
            return new CohortSpec(patients, seed, weeks, end);
        } catch (IllegalArgumentException e) {
            throw new Trouble("No such cohort: " + e.getMessage() + ".", "See ./sinusnode demo --help.", e);
        }
    }

    static CohortSpec standard() {
        return spec(50, 1, CohortSpec.DEFAULT_WEEKS);
    }
}
