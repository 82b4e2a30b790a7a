package eu.sinusnode.analysis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.analysis.rhythm.RhythmFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RhythmModelTest {

    private static final String FILE = "/eu/sinusnode/analysis/models/af-rr-logistic.model";

    private final RhythmModel model = RhythmModel.shipped();

    @Test
    void theShippedFileIsTheOneItsManifestNames() throws IOException {
        assertThat(ModelFiles.hash(shippedFile(), model.manifest()))
                .isEqualTo(model.manifest().sha256());
        assertThat(model.manifest().features()).isEqualTo(RhythmFeature.columns());
    }

    @Test
    void everySingleChangedByteIsRefused() throws IOException {
        byte[] file = shippedFile();
        for (int position : new int[] {0, 1, file.length / 2, file.length - 1}) {
            byte[] tampered = file.clone();
            tampered[position] ^= 1;

            assertThatThrownBy(() -> RhythmModel.of(tampered, model.manifest()))
                    .isInstanceOf(ModelRefused.class)
                    .hasMessageContaining("SHA-256");
        }
    }

    @Test
    void aManifestWithAnyByteChangedIsRefused() throws IOException {
        byte[] file = bytes(FILE);
        byte[] manifest = bytes(FILE.replace(".model", ".json"));
        assertThat(ModelFiles.readManifest(manifest, ModelManifest.class)).isEqualTo(model.manifest());
        for (int position = 0; position < manifest.length; position++) {
            byte[] tampered = manifest.clone();
            tampered[position] ^= 1;

            assertThatThrownBy(() -> RhythmModel.of(file, ModelFiles.readManifest(tampered, ModelManifest.class)))
                    .as("byte %d", position)
                    .isInstanceOf(ModelRefused.class);
        }
    }

    @Test
    void anotherThresholdNeedsAnotherHash() throws IOException {
        ModelManifest own = model.manifest();
        byte[] file = shippedFile();
        ModelManifest lowered = new ModelManifest(
                own.id(),
                own.version(),
                own.algorithm(),
                own.sha256(),
                own.features(),
                own.featureMeans(),
                0.4,
                own.windowBeats(),
                own.trainingData());

        assertThatThrownBy(() -> RhythmModel.of(file, lowered))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("SHA-256");
        assertThat(RhythmModel.of(file, lowered.signedFor(file)).manifest().sha256())
                .isNotEqualTo(own.sha256());
    }

    @Test
    void aManifestForOtherFeaturesIsRefused() throws IOException {
        ModelManifest own = model.manifest();
        byte[] file = shippedFile();
        ModelManifest other = new ModelManifest(
                        own.id(),
                        own.version(),
                        own.algorithm(),
                        "",
                        List.of("cosen"),
                        own.featureMeans(),
                        own.threshold(),
                        own.windowBeats(),
                        own.trainingData())
                .signedFor(file);

        assertThatThrownBy(() -> RhythmModel.of(file, other))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("other features");
    }

    @Test
    void aClassThatNoModelHoldsIsRefusedEvenWithTheRightHash() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new TreeMap<>(Map.of("not", "a model")));
        }

        assertThatThrownBy(() -> ModelFiles.deserialise(bytes.toByteArray()))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("REJECTED");
    }

    @Test
    void anAllowedClassThatIsNoModelIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of(1)));
        }

        assertThatThrownBy(() -> ModelFiles.deserialise(bytes.toByteArray()))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("no logistic regression");
    }

    @Test
    void contributionsAddUpToTheProbability() {
        for (double[] features : windows(7, 200)) {
            double logOdds = model.baseLogOdds()
                    + Arrays.stream(model.contributions(features)).sum();

            assertThat(1 / (1 + Math.exp(-logOdds))).isCloseTo(model.probability(features), within(1e-9));
        }
    }

    @Test
    void irregularIntervalsAreProbableAndRegularOnesAreNot() {
        double[] irregular = new Random(3).doubles(30, 450, 1100).toArray();
        double[] regular = new Random(3).doubles(30, 790, 830).toArray();

        assertThat(model.probability(RhythmFeature.allOf(irregular))).isGreaterThan(0.9);
        assertThat(model.probability(RhythmFeature.allOf(regular))).isLessThan(0.1);
    }

    @Test
    void fourThreadsScoreExactlyAsOne() throws Exception {
        List<double[]> windows = windows(42, 20_000);
        List<Double> alone = score(windows);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Double>>> together = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                together.add(threads.submit(() -> score(windows)));
            }
            for (Future<List<Double>> one : together) {
                assertThat(one.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Double> score(List<double[]> windows) {
        return windows.stream().map(model::probability).toList();
    }

    private static List<double[]> windows(long seed, int count) {
        Random random = new Random(seed);
        List<double[]> windows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double spread = 5 + 400 * random.nextDouble();
            double[] rr = random.doubles(30, 700, 700 + spread).toArray();
            windows.add(RhythmFeature.allOf(rr));
        }
        return windows;
    }

    private static byte[] shippedFile() throws IOException {
        return bytes(FILE);
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(RhythmModelTest.class.getResourceAsStream(resource))) {
            return in.readAllBytes();
        }
    }
}
