package eu.sinusnode.sampledata.clinical;

/**
 * What a patient trains by.
 *
 * <p>Effort is a share of the heart rate reserve; moderate exercise is 40 to 59 % of it (American College of Sports
 * Medicine). Which sport lies where in that band is an assumption.
 */
public enum Sport {
    WALKING("LA11834-1", 0.42, 105),
    CYCLING("LA11837-4", 0.52, 0),
    SWIMMING("LA11838-2", 0.50, 0),
    JOGGING("LA11835-8", 0.60, 150);

    private final String answer;
    private final double effort;
    private final int stepsAMinute;

    Sport(String answer, double effort, int stepsAMinute) {
        this.answer = answer;
        this.effort = effort;
        this.stepsAMinute = stepsAMinute;
    }

    /** The answer to LOINC 73985-4 (exercise activity) that names it. */
    public String answer() {
        return answer;
    }

    /** Share of the heart rate reserve, 0 to 1. */
    public double effort() {
        return effort;
    }

    public int stepsAMinute() {
        return stepsAMinute;
    }
}
