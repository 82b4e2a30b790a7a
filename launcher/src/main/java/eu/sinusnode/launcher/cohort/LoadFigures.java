package eu.sinusnode.launcher.cohort;

import java.util.List;

/**
 * What the server has confirmed, entry by entry.
 *
 * @param created entries that were not there before
 */
public record LoadFigures(long patients, long vitals, long carePlans, long resources, long created) {

    static final LoadFigures NONE = new LoadFigures(0, 0, 0, 0, 0);

    static LoadFigures of(List<BundleContent.Kind> kinds, long created) {
        return new LoadFigures(
                count(kinds, BundleContent.Kind.PATIENT),
                count(kinds, BundleContent.Kind.VITAL),
                count(kinds, BundleContent.Kind.CARE_PLAN),
                kinds.size(),
                created);
    }

    LoadFigures plus(LoadFigures other) {
        return new LoadFigures(
                patients + other.patients,
                vitals + other.vitals,
                carePlans + other.carePlans,
                resources + other.resources,
                created + other.created);
    }

    private static long count(List<BundleContent.Kind> kinds, BundleContent.Kind kind) {
        return kinds.stream().filter(kind::equals).count();
    }
}
