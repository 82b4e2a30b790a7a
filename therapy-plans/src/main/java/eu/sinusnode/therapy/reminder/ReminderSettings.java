package eu.sinusnode.therapy.reminder;

import java.time.ZoneId;

/**
 * By which clock a patient is reminded, and when not.
 *
 * @param zone where the patient lives
 */
public record ReminderSettings(ZoneId zone, QuietHours quiet) {

    /** Of patients who said nothing else. */
    public static final ReminderSettings USUAL = new ReminderSettings(ZoneId.of("Europe/Berlin"), QuietHours.USUAL);
}
