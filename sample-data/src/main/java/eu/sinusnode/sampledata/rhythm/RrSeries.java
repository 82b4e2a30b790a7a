package eu.sinusnode.sampledata.rhythm;

/**
 * The beat-to-beat intervals of one recording, in ms and in order, with the statistics that its Observation states.
 *
 * @param fibrillatingShare of the beats, 0 to 1: the truth behind the recording
 * @param ectopicBeats how many beats came early
 */
public record RrSeries(int[] intervals, double fibrillatingShare, int ectopicBeats) {

    public int beats() {
        return intervals.length;
    }

    public long durationMillis() {
        long sum = 0;
        for (int interval : intervals) {
            sum += interval;
        }
        return sum;
    }

    /** ms. */
    public double mean() {
        return (double) durationMillis() / intervals.length;
    }

    /** Standard deviation of the intervals (over n - 1), in ms. */
    public double sdnn() {
        double mean = mean();
        double squares = 0;
        for (int interval : intervals) {
            squares += (interval - mean) * (interval - mean);
        }
        return Math.sqrt(squares / (intervals.length - 1));
    }

    /** Root mean square of successive differences, in ms. */
    public double rmssd() {
        double squares = 0;
        for (int i = 1; i < intervals.length; i++) {
            double difference = intervals[i] - intervals[i - 1];
            squares += difference * difference;
        }
        return Math.sqrt(squares / (intervals.length - 1));
    }

    /** {@link #rmssd} over {@link #mean}, without unit. */
    public double normalizedRmssd() {
        return rmssd() / mean();
    }
}
