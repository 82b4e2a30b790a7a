package eu.sinusnode.analysis.replay;

/** A version of a resource cannot be had: erased, withheld by consent, or no longer there. Which of these is not told. */
public final class InputNotThere extends Exception {

    private static final long serialVersionUID = 1L;

    private final String version;

    /** @param version e.g. {@code Observation/17/_history/2} */
    public InputNotThere(String version) {
        super(version + " is erased, withheld or not there");
        this.version = version;
    }

    public String version() {
        return version;
    }
}
