package eu.sinusnode.launcher.cohort;

/**
 * What the server has confirmed, each resource counted once.
 *
 * @param created entries that were not there before
 */
public record LoadFigures(long patients, long vitals, long carePlans, long resources, long created) {

    static final LoadFigures NONE = new LoadFigures(0, 0, 0, 0, 0);

    LoadFigures plus(LoadFigures other) {
        return new LoadFigures(
                patients + other.patients,
                vitals + other.vitals,
                carePlans + other.carePlans,
                resources + other.resources,
                created + other.created);
    }
}
