package eu.sinusnode.analysis.reading;

/** Where patients' readings come from; asked by many threads at once. */
public interface ReadingSource {

    /**
     * The next patients whose consent opens anything to automated analysis.
     *
     * @throws eu.sinusnode.analysis.retry.TransientFailure when the server stays away
     */
    PatientRange read(RangeRequest request);
}
