package eu.sinusnode.sampledata.signal;

/**
 * One measurement as a device sends it.
 *
 * @param number 1, 2, 3 … among the patient's readings of this kind
 * @param second when it was measured, or began to be, seconds since 1970
 * @param offset seconds east of Greenwich at that moment
 * @param lasting for how many seconds; 0 for a moment
 * @param value in the unit of its kind, see {@link Kind}
 * @param companion diastolic pressure in mmHg, or the highest rate of a training; 0 for other kinds
 * @param arrival when it reaches the server, seconds since 1970; hours or days after {@code second} when a device was offline
 * @param office measured by the clinic's staff; false for a device at home
 * @param fault what is wrong with it, e.g. {@code slipped-cuff}; empty when nothing is
 */
public record Reading(
        Kind kind,
        int number,
        long second,
        int offset,
        int lasting,
        int value,
        int companion,
        long arrival,
        boolean office,
        String fault) {

    /** The kinds of readings, with the unit of their value. Their order decides which of two that arrive together is first. */
    public enum Kind {
        /** Systolic, mmHg. */
        BLOOD_PRESSURE,
        /** Per minute. */
        HEART_RATE,
        /** Tenths of a kilogram. */
        BODY_WEIGHT,
        /** Per minute. */
        RESTING_HEART_RATE,
        /** Per minute, while training and in the minutes after it. */
        TRAINING_HEART_RATE,
        /** Per cent. */
        OXYGEN_SATURATION,
        /** Per minute. */
        RESPIRATORY_RATE,
        /** Tenths of a degree Celsius. */
        BODY_TEMPERATURE,
        /** Centimetres. */
        BODY_HEIGHT,
        /** Steps of a day. */
        STEPS,
        /** Tenths of an hour asleep; the reading lasts from going to bed to getting up. */
        SLEEP,
        /** Mean heart rate of a training, per minute. */
        TRAINING;

        /** False for what people do, true for what their bodies show. */
        public boolean isVitalSign() {
            return compareTo(STEPS) < 0;
        }
    }

    Reading arrivingAt(long later) {
        return new Reading(kind, number, second, offset, lasting, value, companion, later, office, fault);
    }

    public boolean isFaulty() {
        return !fault.isEmpty();
    }

    /** Seconds since 1970; equal to {@link #second} for a moment. */
    public long end() {
        return second + lasting;
    }
}
