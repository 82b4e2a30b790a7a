package eu.sinusnode.launcher.home;

import eu.sinusnode.launcher.Trouble;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * How the scheduled analysis runs.
 *
 * @param every from one look at what is new to the next
 * @param memory the most heap of its virtual machine, as {@code -Xmx} takes it
 * @param land code of ISO 3166-2 of the Land whose public holidays are no working days; empty: those of all of Germany
 */
public record JobSettings(Duration every, String memory, String land) {

    static final JobSettings STANDARD = new JobSettings(Duration.ofMinutes(1), "1g", "");

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(1);

    /**
     * The standard ones, save where SINUSNODE_JOB_EVERY (ISO 8601, PT1S to a day), SINUSNODE_JOB_MEMORY (e.g. 512m, 2g)
     * or SINUSNODE_JOB_LAND (e.g. DE-BY) say otherwise.
     *
     * @throws Trouble when one of them cannot be
     */
    public static JobSettings of(Map<String, String> environment) {
        String every = environment.getOrDefault("SINUSNODE_JOB_EVERY", "");
        String memory = environment.getOrDefault("SINUSNODE_JOB_MEMORY", "");
        return new JobSettings(
                every.isBlank() ? STANDARD.every : duration(every),
                memory.isBlank() ? STANDARD.memory : heap(memory),
                land(environment.getOrDefault("SINUSNODE_JOB_LAND", "")));
    }

    private static Duration duration(String every) {
        try {
            Duration duration = Duration.parse(every);
            if (duration.compareTo(LEAST) >= 0 && duration.compareTo(MOST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw wrong("SINUSNODE_JOB_EVERY", every, "a duration, e.g. PT1M, from PT1S to P1D");
        }
        throw wrong("SINUSNODE_JOB_EVERY", every, "from PT1S to P1D");
    }

    private static String heap(String memory) {
        if (memory.matches("[1-9]\\d{2,5}m|[1-9]\\d{0,2}g")) {
            return memory;
        }
        throw wrong("SINUSNODE_JOB_MEMORY", memory, "a number of megabytes from 100m on, or of gigabytes, e.g. 2g");
    }

    private static String land(String code) {
        if (code.isBlank() || code.matches("DE-(B[BEWY]|H[BEH]|MV|N[IW]|RP|S[HLNT]|TH)")) {
            return code.strip();
        }
        throw wrong("SINUSNODE_JOB_LAND", code, "the code of a Land, e.g. DE-BY for Bavaria");
    }

    private static Trouble wrong(String variable, String value, String form) {
        return new Trouble(variable + " is '" + value + "', which cannot be.", "Set it to " + form + ", or unset it.");
    }
}
