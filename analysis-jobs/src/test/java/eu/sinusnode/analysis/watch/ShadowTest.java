package eu.sinusnode.analysis.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.analysis.flag.FakeFlagStore;
import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.risk.DecompensationModel;
import eu.sinusnode.analysis.risk.HomeBloodPressureRule;
import eu.sinusnode.analysis.risk.HomeReadings;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.PressureDeteriorationModel;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.RiskModels;
import eu.sinusnode.analysis.risk.ShadowModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does with a model that is in the shadow. */
class ShadowTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");

    private final RiskModel rule = new HomeBloodPressureRule();
    private final FakeFlagStore store = new FakeFlagStore();

    @TempDir
    private Path directory;

    private FlagChanges run(List<RiskModel> models, HomeReadings readings) {
        PatientRangeScoring scoring = new PatientRangeScoring(models);
        Retry retry = new Retry(1, Duration.ofMillis(1), duration -> {});
        return new FlagWriter(store, retry, Clock.fixed(AS_OF, ZoneOffset.UTC))
                .write(scoring.score(scoring.features(List.of(readings.of("p")), AS_OF)), Set.of(), Instant.MAX);
    }

    @Test
    void itIsComputedAndCountedAndNothingIsWrittenOrTakenBack() throws IOException {
        run(List.of(rule), HomeReadings.daily(6, 150, 95));
        Observation written = store.all(Observation.class).get(0);
        WatchFile file = new WatchFile(directory);
        file.save(WatchState.EMPTY.withShadow(rule.identity().label(), AS_OF.toString(), List.of("It has drifted.")));
        List<RiskModel> inShadow = file.load().applied(List.of(rule));

        FlagChanges raised = run(inShadow, HomeReadings.daily(7, 190, 115));
        FlagChanges clear = run(inShadow, HomeReadings.daily(7, 110, 65));

        assertThat(raised.inShadow()).isEqualTo(1);
        assertThat(raised.raised() + raised.changed()).isZero();
        assertThat(clear).isEqualTo(FlagChanges.NONE);
        assertThat(store.transactions()).hasSize(1);
        assertThat(store.all(Observation.class)).singleElement().satisfies(flag -> assertThat(
                        flag.getIdElement().getVersionIdPart())
                .isEqualTo(written.getIdElement().getVersionIdPart()));
        assertThat(inShadow.get(0).identity().label()).isEqualTo(rule.identity().label() + " in shadow");
        assertThat(file.load().lifted(lift(rule.identity().label())).applied(List.of(rule)))
                .containsExactly(rule);
    }

    /** Nobody has to remember to hide them: without any state they are in the shadow, each of their versions. */
    @Test
    void modelsOfSimulatedPatientsBeginInIt() throws IOException {
        WatchFile file = new WatchFile(directory);
        List<RiskModel> begun = file.load().applied(RiskModels.all());
        List<String> hidden = begun.stream()
                .filter(ShadowModel.class::isInstance)
                .map(model -> model.identity().id())
                .toList();
        String label = label(PressureDeteriorationModel.ID);

        assertThat(hidden).containsExactly(PressureDeteriorationModel.ID, DecompensationModel.ID);
        assertThatThrownBy(() -> WatchState.EMPTY.lifted(lift(label))).isInstanceOf(IllegalArgumentException.class);

        file.save(file.load()
                .naming(RiskModels.all(), AS_OF.toString())
                .lifted(lift(label))
                .naming(RiskModels.all(), AS_OF.plusSeconds(1).toString()));

        WatchState lifted = file.load();
        assertThat(lifted.shadows()).containsOnlyKeys(label(DecompensationModel.ID));
        assertThat(lifted.applied(RiskModels.all()).stream()
                        .filter(ShadowModel.class::isInstance)
                        .map(model -> model.identity().id()))
                .containsExactly(DecompensationModel.ID);
        assertThat(
                        lifted
                                .withShadow(label, AS_OF.toString(), List.of("It has drifted."))
                                .applied(RiskModels.all())
                                .stream()
                                .filter(ShadowModel.class::isInstance))
                .as("the watch takes it there again")
                .hasSize(2);
    }

    private static Lift lift(String label) {
        return new Lift(label, AS_OF.toString(), "Dr. Anke Vogel", "medical lead", "Measured on our own patients.");
    }

    private static String label(String id) {
        return RiskModels.all().stream()
                .map(model -> model.identity())
                .filter(identity -> identity.id().equals(id))
                .findFirst()
                .orElseThrow()
                .label();
    }

    @Test
    void aStateOfAnEarlierReleaseReleasesNoModel() throws IOException {
        Files.writeString(directory.resolve("model-watch.json"), "{\"reference\":{},\"shadows\":{}}");
        WatchState read = new WatchFile(directory).load();

        assertThat(read).isEqualTo(WatchState.EMPTY);
        Files.writeString(directory.resolve("model-watch.json"), "{\"reference\":{},\"released\":[]}");
        assertThatThrownBy(new WatchFile(directory)::load).isInstanceOf(IOException.class);
    }

    @Test
    void aStateThatCannotBeReadIsNotTakenForNoShadow() throws IOException {
        WatchFile file = new WatchFile(directory);
        Files.writeString(directory.resolve("model-watch.json"), "{\"shadows\":");

        assertThatThrownBy(file::load).isInstanceOf(IOException.class).hasMessageContaining("shadow is not known");
    }
}
