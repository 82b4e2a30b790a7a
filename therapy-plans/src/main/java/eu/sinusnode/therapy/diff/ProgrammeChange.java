package eu.sinusnode.therapy.diff;

/**
 * One difference between two versions of a programme.
 *
 * @param id of the goal or action in the programme
 * @param words for the clinician: its title, or its description
 */
public record ProgrammeChange(Kind kind, Subject subject, String id, String words) {

    /** What became of it. */
    public enum Kind {
        NEW,
        GONE,
        CHANGED
    }

    /** What it is. */
    public enum Subject {
        GOAL,
        ACTIVITY
    }
}
