package eu.sinusnode.therapy.check;

/** What a plan has to meet before it holds. */
public enum PlanRule {
    /** Two goals cannot both be reached. */
    GOALS_CONTRADICT(true),
    /** A dose has a number and no unit, or a unit and no number. */
    INCOMPLETE_DOSE(true),
    /** The same package (PZN) is prescribed twice at one time. */
    SAME_PACKAGE_TWICE(true),
    /** The same substance (ATC) is prescribed twice at one time: two strengths may be meant. */
    SAME_SUBSTANCE_TWICE(false),
    /** Two medicines are prescribed at one time that are contraindicated, or not recommended, together. */
    CLASSES_EXCLUDE_EACH_OTHER(true),
    /** Two medicines of one class are prescribed at one time, or what may be so: one may take the other's place. */
    CLASSES_OVERLAP(false),
    /** Not all prescriptions of the patient can be read, so that nobody can say what overlaps with the plan's. */
    OVERLAPS_UNKNOWN(false),
    /** Training is planned, and a contraindication is in the record. */
    UNSAFE_TRAINING(true),
    /** A question is not answered, or a stop rule that is met is not decided on. */
    OPEN_QUESTION(true),
    /** A proposed medicine is neither prescribed nor declined. */
    UNDECIDED_PROPOSAL(true),
    /** A part of the plan cannot be read, so that it cannot be looked over. */
    PART_MISSING(true);

    private final boolean refuses;

    PlanRule(boolean refuses) {
        this.refuses = refuses;
    }

    /** Else it is told, and the plan can be activated. */
    public boolean refuses() {
        return refuses;
    }
}
