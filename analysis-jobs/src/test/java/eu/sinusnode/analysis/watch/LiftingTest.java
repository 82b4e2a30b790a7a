package eu.sinusnode.analysis.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.HomeBloodPressureRule;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.RiskModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiftingTest {

    private static final String SINCE = "2026-11-20T00:00:00Z";

    private final RiskModel rule = new HomeBloodPressureRule();
    private final String label = rule.identity().label();
    private final Lift decided =
            new Lift(label, "2026-11-27T09:00:00Z", "Dr. Anke Vogel", "medical lead", "The cuffs were exchanged.");
    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path directory;

    private WatchFile file;

    @BeforeEach
    void inShadow() throws IOException {
        file = new WatchFile(directory);
        file.save(WatchState.EMPTY.withShadow(label, SINCE, List.of("drift")));
    }

    private void tell(Lift lift, String shadow) {
        told.add(lift.by() + " on " + lift.model() + " in the shadow since " + shadow);
    }

    @Test
    void theAuditIsToldAndThenItIsDone() throws IOException {
        new Lifting(file, this::tell).lift(decided, List.of(rule));

        assertThat(told).containsExactly("Dr. Anke Vogel on " + label + " in the shadow since " + SINCE);
        assertThat(file.load().shadows()).isEmpty();
        assertThat(file.load().lifts()).containsExactly(decided);
    }

    @Test
    void whatCannotBeToldIsNotDone() throws IOException {
        Lifting untold = new Lifting(file, (lift, shadow) -> {
            throw new TransientFailure("the audit cannot be written");
        });

        assertThatThrownBy(() -> untold.lift(decided, List.of(rule))).hasMessage("the audit cannot be written");

        assertThat(file.load().shadows()).containsOnlyKeys(label);
        assertThat(file.load().lifts()).isEmpty();
    }

    @Test
    void whatIsNotInTheShadowIsNotTold() {
        Lift other = new Lift("another 1", decided.at(), decided.by(), decided.role(), decided.reason());

        assertThatThrownBy(() -> new Lifting(file, this::tell).lift(other, List.of(rule)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(told).isEmpty();
    }

    @Test
    void aModelThatBeganInTheShadowIsToldAsSuchWheneverItIsAsked() throws IOException {
        RiskModel simulated = RiskModels.all().stream()
                .filter(RiskModel::startsInShadow)
                .findFirst()
                .orElseThrow();
        Lift first =
                new Lift(simulated.identity().label(), decided.at(), decided.by(), decided.role(), decided.reason());

        new Lifting(file, this::tell).lift(first, List.of(simulated));

        assertThat(told).singleElement().asString().endsWith("from the beginning");
        assertThat(file.load().released()).containsExactly(simulated.identity().label());
    }
}
