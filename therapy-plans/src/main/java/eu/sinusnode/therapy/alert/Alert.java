package eu.sinusnode.therapy.alert;

import eu.sinusnode.therapy.triage.Complaint;
import eu.sinusnode.therapy.triage.Triage;
import eu.sinusnode.therapy.triage.Urgency;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.jspecify.annotations.Nullable;

/**
 * What answers tell that a clinician looks at.
 *
 * @param rules those that the answers meet, at least one
 */
public record Alert(Set<AlertRule> rules) {

    public Alert {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("An alert is of one rule at least.");
        }
        // In the order of the table.
        rules = Collections.unmodifiableSet(EnumSet.copyOf(rules));
    }

    /**
     * Of answers as they are stored, if they tell something that they did not tell before. What is told again, or only in part,
     * is no alert of its own.
     *
     * @param before the version that is replaced; null for new answers
     */
    public static Optional<Alert> of(@Nullable QuestionnaireResponse before, QuestionnaireResponse now) {
        Set<AlertRule> met = AnswerReader.met(now);
        boolean known = before != null && AnswerReader.met(before).containsAll(met);
        return met.isEmpty() || known ? Optional.empty() : Optional.of(new Alert(met));
    }

    /** As of a patient's question with the same complaints: whatever else is told makes nothing less urgent. */
    public Urgency urgency() {
        Set<Complaint> complaints =
                rules.stream().flatMap(rule -> rule.complaint().stream()).collect(Collectors.toSet());
        return Triage.of(complaints, false, false);
    }
}
