package eu.sinusnode.sampledata.signal;

/**
 * One measurement as a device sends it.
 *
 * @param number 1, 2, 3 … among the patient's readings of this kind
 * @param second when it was measured, seconds since 1970
 * @param offset seconds east of Greenwich at that moment
 * @param value systolic pressure in mmHg, rate per minute, or weight in tenths of a kilogram
 * @param diastolic in mmHg; 0 for other kinds
 * @param arrival when it reaches the server, seconds since 1970; hours or days after {@code second} when a device was offline
 * @param office measured by the clinic's staff; false for a device at home
 * @param fault what is wrong with it, e.g. {@code slipped-cuff}; empty when nothing is
 */
public record Reading(
        Kind kind,
        int number,
        long second,
        int offset,
        int value,
        int diastolic,
        long arrival,
        boolean office,
        String fault) {

    /** The kinds of vital readings. */
    public enum Kind {
        BLOOD_PRESSURE,
        HEART_RATE,
        BODY_WEIGHT
    }

    Reading arrivingAt(long later) {
        return new Reading(kind, number, second, offset, value, diastolic, later, office, fault);
    }

    public boolean isFaulty() {
        return !fault.isEmpty();
    }
}
