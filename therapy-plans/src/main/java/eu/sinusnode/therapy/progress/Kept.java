package eu.sinusnode.therapy.progress;

import java.time.LocalDate;
import java.util.List;

/**
 * How much of what was due has been done.
 *
 * @param planned how many times something was due; times that can still be kept are not among them
 * @param kept of these
 * @param days on how many days something was due
 * @param coveredDays on how many of them all of it was done
 * @param weeks the same by weeks, oldest first; weeks in which nothing was due are left out
 */
public record Kept(int planned, int kept, int days, int coveredDays, List<Week> weeks) {

    /** @param monday the week's first day (ISO 8601), in the patient's time zone */
    public record Week(LocalDate monday, int planned, int kept) {}

    public Kept {
        weeks = List.copyOf(weeks);
    }
}
