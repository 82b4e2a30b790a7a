package eu.sinusnode.sampledata.rhythm;

/**
 * One recording of a patient.
 *
 * @param number 1, 2, 3 … among the patient's recordings
 * @param second when it starts, seconds since 1970
 */
public record Recording(int number, long second, RecordingDevice device, RrSeries series) {

    public static final int SECONDS = 300;

    /** {@code sinus}, {@code sinus-with-ectopy}, {@code atrial-fibrillation} or {@code mixed}. */
    public String trueRhythm() {
        if (series.fibrillatingShare() >= 0.99) {
            return "atrial-fibrillation";
        }
        if (series.fibrillatingShare() > 0.01) {
            return "mixed";
        }
        return series.ectopicBeats() >= 3 ? "sinus-with-ectopy" : "sinus";
    }
}
