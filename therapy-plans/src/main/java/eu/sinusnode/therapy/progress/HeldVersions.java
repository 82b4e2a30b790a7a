package eu.sinusnode.therapy.progress;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Resource;

/**
 * Which version of a record held when, by the instant at which each was stored ({@code meta.lastUpdated}).
 *
 * <ul>
 *   <li>A moment belongs to the version that was the newest one then. What is changed later changes nothing of it.
 *   <li>Before anything was stored the first version that held did: what was agreed on paper, or in another system, is stored later
 *       than it began, and says itself when that was.
 *   <li>A record that was a draft first did not hold while it was one, and not earlier on the day on which the draft was stored.
 *   <li>What turned out to be entered in error never held.
 * </ul>
 */
final class HeldVersions {

    private HeldVersions() {}

    /**
     * @param versions of one record, the oldest first, without gaps
     * @param zone in which the patient's days begin
     * @return in order, without those that did not hold
     */
    static <T extends Resource> List<Held<T>> of(List<T> versions, Function<T, Standing> standing, ZoneId zone) {
        List<Standing> standings = versions.stream().map(standing).toList();
        OptionalInt found = IntStream.range(0, versions.size())
                .filter(i -> standings.get(i) == Standing.HOLDS || standings.get(i) == Standing.OVER)
                .findFirst();
        if (found.isEmpty() || standings.get(versions.size() - 1) == Standing.NEVER) {
            return List.of();
        }
        int first = found.getAsInt();
        List<Held<T>> held = new ArrayList<>();
        held.add(new Held<>(
                versions.get(first),
                Instant.MIN,
                first == 0 ? stored(versions.get(0)) : startOfDay(stored(versions.get(0)), zone)));
        for (int i = first; i < versions.size(); i++) {
            Instant from = stored(versions.get(i));
            Instant to = i + 1 < versions.size() ? stored(versions.get(i + 1)) : Instant.MAX;
            if (standings.get(i) == Standing.HOLDS && from.isBefore(to)) {
                held.add(new Held<>(versions.get(i), from, to));
            }
        }
        return held;
    }

    static Instant stored(Resource version) {
        return version.getMeta().getLastUpdated().toInstant();
    }

    private static Instant startOfDay(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }
}
