package eu.sinusnode.analysis.watch;

import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.watch.WatchState.Shadow;
import java.io.IOException;
import java.util.List;

/** Takes models out of the shadow, once the audit knows of it: what cannot be told is not done. */
public record Lifting(WatchFile file, Audit audit) {

    private static final String FROM_THE_BEGINNING = "from the beginning";

    /** Where it is told that somebody has decided so. */
    @FunctionalInterface
    public interface Audit {

        /**
         * @param shadow since when the model is in the shadow: the same decision on the same shadow is one event, however
         *     often it is told
         * @throws RuntimeException when it was not taken
         */
        void tell(Lift lift, String shadow);
    }

    /**
     * Also a model that no watch has looked at yet.
     *
     * @param models those that there are
     * @throws IllegalArgumentException when the model is not in the shadow
     */
    public void lift(Lift decided, List<RiskModel> models) throws IOException {
        WatchState state = file.load();
        WatchState lifted = state.naming(models, decided.at()).lifted(decided);
        Shadow shadow = state.shadows().get(decided.model());
        audit.tell(decided, shadow == null ? FROM_THE_BEGINNING : shadow.since());
        file.save(lifted);
    }
}
