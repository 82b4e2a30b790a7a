package eu.sinusnode.sampledata;

import eu.sinusnode.sampledata.signal.Timeline;
import java.time.LocalDate;

/**
 * What to generate. Equal specs give equal bytes.
 *
 * @param patients 1 to {@value #MOST_PATIENTS}
 * @param weeks of data, 1 to {@value #MOST_WEEKS}
 * @param end the data end at midnight (Europe/Berlin) at the beginning of this day
 */
public record CohortSpec(int patients, long seed, int weeks, LocalDate end, Devices devices) {

    public static final int MOST_PATIENTS = 120_000;
    public static final int MOST_WEEKS = 520;
    public static final int DEFAULT_WEEKS = 8;
    public static final LocalDate DEFAULT_END = LocalDate.of(2026, 11, 1);

    /** @throws IllegalArgumentException with a sentence on what is out of range */
    public CohortSpec {
        if (patients < 1 || patients > MOST_PATIENTS) {
            throw new IllegalArgumentException("patients must be 1 to " + MOST_PATIENTS + ", not " + patients);
        }
        if (weeks < 1 || weeks > MOST_WEEKS) {
            throw new IllegalArgumentException("weeks must be 1 to " + MOST_WEEKS + ", not " + weeks);
        }
    }

    /** A cohort with the devices of the heart. */
    public CohortSpec(int patients, long seed, int weeks, LocalDate end) {
        this(patients, seed, weeks, end, Devices.HEART);
    }

    /** Eight weeks up to 1 November 2026, a range that holds the end of summer time. */
    public static CohortSpec standard(int patients, long seed) {
        return new CohortSpec(patients, seed, DEFAULT_WEEKS, DEFAULT_END);
    }

    Timeline timeline() {
        return new Timeline(end, weeks);
    }
}
