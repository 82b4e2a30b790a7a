package eu.sinusnode.server.therapy;

import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * A record as it is, and what it was in the days that are looked at.
 *
 * @param versions those that were the newest at some time of these days, the oldest first
 * @param complete whether none of them is missing, be it that it is not stored any more or that the caller may not see it
 */
record Past<T extends Resource>(T current, List<T> versions, boolean complete) {

    Past {
        versions = List.copyOf(versions);
    }

    /** @param since when the days begin */
    static <T extends Resource> Past<T> of(T current, PlanSearch search, Instant since) {
        if (number(current) == 1 || !stored(current).isAfter(since)) {
            return new Past<>(current, List.of(current), true);
        }
        @SuppressWarnings("unchecked") // Its own class.
        List<T> versions = search.versions((Class<T>) current.getClass(), current.getIdElement(), since);
        return new Past<>(current, versions, isComplete(current, versions, since));
    }

    private static boolean isComplete(Resource current, List<? extends Resource> versions, Instant since) {
        if (versions.isEmpty()) {
            return false;
        }
        Resource first = versions.get(0);
        long expected = number(first);
        for (Resource version : versions) {
            if (number(version) != expected++) {
                return false;
            }
        }
        return expected > number(current)
                && (number(first) == 1 || !stored(first).isAfter(since));
    }

    private static long number(Resource version) {
        return version.getIdElement().getVersionIdPartAsLong();
    }

    private static Instant stored(Resource version) {
        return version.getMeta().getLastUpdated().toInstant();
    }
}
