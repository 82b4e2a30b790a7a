package eu.sinusnode.analysis.watch;

import java.util.regex.Pattern;

/**
 * Who took a model out of the shadow, and why.
 *
 * @param model label
 * @param at instant, ISO 8601
 * @param by the person's name
 * @param role as what the person decides, e.g. {@code medical lead}
 * @param reason on which figures
 */
public record Lift(String model, String at, String by, String role, String reason) {

    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]+");
    private static final int LONGEST_NAME = 100;
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 2_000;

    /** @throws IllegalArgumentException when it does not say who, as what and why */
    public Lift {
        demand(by, 2, LONGEST_NAME, "--by", "the name of the person who decides");
        demand(role, 2, LONGEST_NAME, "--role", "as what that person decides, e.g. medical lead");
        demand(reason, SHORTEST_REASON, LONGEST_REASON, "--reason", "why, and on which figures");
    }

    private static void demand(String said, int least, int most, String option, String what) {
        if (said.strip().length() < least
                || said.length() > most
                || !LINE.matcher(said).matches()) {
            throw new IllegalArgumentException(
                    "%s is %s: one line of %d to %d characters".formatted(option, what, least, most));
        }
    }
}
