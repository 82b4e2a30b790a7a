package eu.sinusnode.analysis.flag;

/**
 * What became of flags.
 *
 * @param withdrawn no longer met: cancelled, with their open Tasks
 * @param notComputable risks that could not be computed, one a patient and risk
 * @param withheld patients of whom something was withheld
 * @param failed patients whose flags the server refused
 * @param inShadow risks that a model in the shadow would have raised
 */
public record FlagChanges(
        int raised,
        int changed,
        int unchanged,
        int withdrawn,
        int notComputable,
        int withheld,
        int failed,
        int inShadow) {

    public static final FlagChanges NONE = new FlagChanges(0, 0, 0, 0, 0, 0, 0, 0);

    public FlagChanges plus(FlagChanges other) {
        return new FlagChanges(
                raised + other.raised,
                changed + other.changed,
                unchanged + other.unchanged,
                withdrawn + other.withdrawn,
                notComputable + other.notComputable,
                withheld + other.withheld,
                failed + other.failed,
                inShadow + other.inShadow);
    }
}
