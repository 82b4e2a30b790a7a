package eu.sinusnode.therapy.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;

/**
 * Judges a target that wants a smoking status, by the newest one of the last {@link TargetJudge#LABORATORY_DAYS} days. Who never smoked has
 * reached what who has stopped has: not to smoke. A status that does not say whether the patient smokes is not computable, and an older one
 * is not taken in its place.
 */
public final class SmokingJudge {

    private SmokingJudge() {}

    /** A smoking status that was asked for. */
    public record Stated(Instant at, CodeableConcept value) {}

    /** @param stated of any time */
    public static TargetProgress judge(CodeableConcept wanted, List<Stated> stated, Instant now) {
        SmokingStatus aim = SmokingStatus.of(wanted);
        if (aim == SmokingStatus.NOT_SAID) {
            return new TargetProgress.NotComputable("The target is no smoking status that is known here.");
        }
        Instant oldest = now.minus(Duration.ofDays(TargetJudge.LABORATORY_DAYS));
        List<Stated> recent = stated.stream()
                .filter(each -> each.at().isAfter(oldest) && !each.at().isAfter(now))
                .toList();
        Optional<Instant> newest = recent.stream().map(Stated::at).max(Comparator.naturalOrder());
        if (newest.isEmpty()) {
            return new TargetProgress.NotComputable(
                    "Nothing was stated in the last %d days.".formatted(TargetJudge.LABORATORY_DAYS));
        }
        return judge(
                aim,
                recent.stream()
                        .filter(each -> each.at().equals(newest.get()))
                        .map(Stated::value)
                        .toList());
    }

    /** @param values of one moment, which may contradict each other */
    private static TargetProgress judge(SmokingStatus aim, List<CodeableConcept> values) {
        SmokingStatus is = SmokingStatus.of(values.get(0));
        boolean agree = values.stream().allMatch(value -> SmokingStatus.of(value) == is);
        return !agree || is == SmokingStatus.NOT_SAID
                ? new TargetProgress.NotComputable("The newest status does not say whether the patient smokes.")
                : new TargetProgress.Coded(values.get(0), is == aim);
    }
}
