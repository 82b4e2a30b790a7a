package eu.sinusnode.therapy.triage;

import static eu.sinusnode.therapy.triage.Complaint.BREATHLESS;
import static eu.sinusnode.therapy.triage.Complaint.CHEST_PAIN;
import static eu.sinusnode.therapy.triage.Complaint.DIZZY;
import static eu.sinusnode.therapy.triage.Complaint.FAINTED;
import static eu.sinusnode.therapy.triage.Complaint.PALPITATIONS;

import java.util.Collections;
import java.util.Set;

/**
 * How soon somebody should look at a patient's question. It raises and never lowers: each rule stands by itself, and what is not
 * known leaves the urgency that a question has anyway. The rules are this house's, after the red flags of ESC guidelines (chest
 * pain and breathlessness: acute coronary syndromes 2023; fainting, and palpitations with dizziness: syncope 2018), and need the
 * sign-off of a medical lead.
 */
public final class Triage {

    /** Each of them alone. */
    private static final Set<Complaint> RED = Set.of(CHEST_PAIN, BREATHLESS, FAINTED);
    /** Both together. */
    private static final Set<Complaint> RED_TOGETHER = Set.of(PALPITATIONS, DIZZY);

    private Triage() {}

    /**
     * @param complaints in codes; what stands in the question's words is read by people alone
     * @param severeValue whether a value of the last 24 hours is severe
     * @param flagged whether the analysis has raised a risk flag lately that nobody has overridden
     */
    public static Urgency of(Set<Complaint> complaints, boolean severeValue, boolean flagged) {
        if (severeValue || !Collections.disjoint(complaints, RED) || complaints.containsAll(RED_TOGETHER)) {
            return Urgency.STAT;
        }
        return complaints.isEmpty() && !flagged ? Urgency.URGENT : Urgency.ASAP;
    }
}
