package eu.sinusnode.analysis.flag;

/** The server refuses a patient's flags. Other patients are not concerned. */
public final class WriteRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean withheld;

    /** @param withheld the patient is no longer open to the job: consent was withdrawn meanwhile */
    public WriteRefused(String message, boolean withheld) {
        super(message);
        this.withheld = withheld;
    }

    public boolean isWithheld() {
        return withheld;
    }
}
