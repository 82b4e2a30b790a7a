package eu.sinusnode.sampledata.signal;

import java.util.function.LongToDoubleFunction;

/**
 * What happens to a patient over the weeks, whatever measures it.
 *
 * @param truePulse the heart's mean rate per minute at a second since 1970
 */
record Course(
        Timeline timeline,
        Presence presence,
        FluidCourse fluid,
        FeverCourse fever,
        RhythmCourse rhythm,
        LongToDoubleFunction truePulse) {

    int days() {
        return timeline.days();
    }
}
