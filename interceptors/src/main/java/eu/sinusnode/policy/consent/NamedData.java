package eu.sinusnode.policy.consent;

import org.jspecify.annotations.Nullable;

/**
 * What {@code provision.data} names.
 *
 * @param instance the record itself, {@code Type/id}; null when those are meant that hang together with something
 * @param bond null when the record itself is meant
 */
record NamedData(@Nullable String instance, @Nullable Bond bond) {

    /** Null when records of any type are meant. */
    @Nullable
    String typeOfInstance() {
        return instance == null ? null : instance.substring(0, instance.indexOf('/'));
    }
}
