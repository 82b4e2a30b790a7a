package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.calendar.WorkingDays;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import org.hl7.fhir.r4.model.Task.TaskPriority;

/**
 * How urgent a sign-off is, and by when somebody has to have decided. After the German rules for telemonitoring in heart
 * failure (G-BA, Richtlinie Methoden vertragsärztliche Versorgung, Anlage I Nr. 37; QS-V TmHI), by which a warning is looked
 * at on the working day (Monday to Friday) after it was sent, and under intensified monitoring on the day after, weekends and
 * holidays too.
 *
 * @param due exclusive
 */
record SignOffDeadline(TaskPriority priority, Instant due) {

    /** Severe values confirmed by now do not wait for a day to end. This house's own, as no rule says it. */
    static final Duration AT_ONCE = Duration.ofHours(1);

    private static final Duration A_DAY = Duration.ofDays(1);

    /** @param decideWithin how soon the finding wants a clinician to look */
    static SignOffDeadline of(String risk, Duration decideWithin, Instant now, WorkingDays workingDays) {
        if (risk.equals(Codes.SEVERE_VITAL_VALUE)) {
            return new SignOffDeadline(TaskPriority.STAT, now.plus(AT_ONCE));
        }
        return decideWithin.compareTo(A_DAY) <= 0
                ? new SignOffDeadline(TaskPriority.URGENT, WorkingDays.endOfNextDay(now))
                : new SignOffDeadline(TaskPriority.ROUTINE, workingDays.endOfNext(now));
    }
}
