package eu.sinusnode.therapy.reminder;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * One reminder of a patient.
 *
 * @param id the same however often it is computed, so that nothing is there twice
 * @param planned when it is to be done
 * @param due when the patient is reminded: then, or beside the quiet hours
 * @param until when the time for it is over: when it is to be done again, after a day at the latest
 */
public record Reminder(UUID id, Activity activity, Instant planned, Instant due, Instant until) {

    /**
     * @param plan id of the plan
     * @param key of the occurrence
     */
    static UUID id(UUID plan, Activity activity, String key) {
        String name = plan + "|" + activity.record() + "|" + activity.part() + "|" + key;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
