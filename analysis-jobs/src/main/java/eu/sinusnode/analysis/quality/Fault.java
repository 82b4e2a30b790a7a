package eu.sinusnode.analysis.quality;

import java.util.Locale;

/** Why a reading is left out, in the order in which faults are looked for: the first one that is found counts. */
public enum Fault {
    NOT_FINAL("not final"),
    WRONG_UNIT("in a unit that is not known to be one of the measurement"),
    IMPOSSIBLE_VALUE("with a value that cannot be"),
    /** A clock that runs fast, or a run as of an earlier time. */
    AFTER_RUN("dated after the run"),
    BEFORE_BIRTH("dated before the patient's birth or 1900"),
    DUPLICATE("sent twice"),
    /** Three or more different values of one instant: the time is that of a transfer, not of the measurements. */
    BURST("of one instant with others, so that its time is not that of the measurement"),
    WEIGHT_JUMP("more than 5 kg from the weights around it, as of another person");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** Words for a clinician, that follow on a number of readings. */
    public String words() {
        return words;
    }

    /** Its name in reports, e.g. {@code leftOutWrongUnit}. */
    public String reportName() {
        StringBuilder name = new StringBuilder("leftOut");
        for (String part : name().split("_", -1)) {
            name.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
