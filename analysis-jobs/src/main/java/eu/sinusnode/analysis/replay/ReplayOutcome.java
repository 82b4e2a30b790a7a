package eu.sinusnode.analysis.replay;

import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a replay.
 *
 * @param details whole sentences: which input or number; no value of either
 */
public record ReplayOutcome(Kind kind, List<String> details) {

    private static final int MOST = 50;

    /** How the flag and its replay compare. */
    public enum Kind {
        /** Every number with all its bits, and every word. */
        IDENTICAL(Codes.REPLAY_IDENTICAL),
        DIFFERING(Codes.REPLAY_DIFFERING),
        /** Something that the flag was computed from or by cannot be had. Nothing is said of the number. */
        NOT_REPLAYABLE(Codes.REPLAY_NOT_POSSIBLE);

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** Of the code system of replay outcomes. */
        public String code() {
            return code;
        }
    }

    static ReplayOutcome identical(String detail) {
        return new ReplayOutcome(Kind.IDENTICAL, List.of(detail));
    }

    public static ReplayOutcome notReplayable(String detail) {
        return new ReplayOutcome(Kind.NOT_REPLAYABLE, List.of(detail));
    }

    /** The first of many details, and how many follow. */
    static ReplayOutcome of(Kind kind, List<String> all) {
        if (all.size() <= MOST) {
            return new ReplayOutcome(kind, List.copyOf(all));
        }
        List<String> first = new ArrayList<>(all.subList(0, MOST));
        first.add("And %d more.".formatted(all.size() - MOST));
        return new ReplayOutcome(kind, List.copyOf(first));
    }
}
