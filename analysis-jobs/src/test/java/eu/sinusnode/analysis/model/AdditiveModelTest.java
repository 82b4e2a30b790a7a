package eu.sinusnode.analysis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weka.classifiers.functions.Logistic;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;

class AdditiveModelTest {

    private static final String ID = "coronary-bedside-logistic";

    private final AdditiveModel model = AdditiveModel.shipped(ID);

    @ParameterizedTest
    @ValueSource(strings = {ID, "pressure-deterioration-logistic", "decompensation-logistic"})
    void everySingleChangedByteIsRefused(String id) throws IOException {
        AdditiveModel model = AdditiveModel.shipped(id);
        byte[] file = file(id);
        for (int position : new int[] {0, 1, file.length / 2, file.length - 1}) {
            byte[] tampered = file.clone();
            tampered[position] ^= 1;

            assertThatThrownBy(() -> AdditiveModel.of(tampered, model.manifest()))
                    .isInstanceOf(ModelRefused.class)
                    .hasMessageContaining("SHA-256");
        }
    }

    @Test
    void aManifestWithAnyByteChangedIsRefused() throws IOException {
        byte[] file = file();
        byte[] manifest = ModelFiles.write(model.manifest()).getBytes(StandardCharsets.UTF_8);
        for (int position = 0; position < manifest.length; position++) {
            byte[] tampered = manifest.clone();
            tampered[position] ^= 1;

            assertThatThrownBy(() -> AdditiveModel.of(file, ModelFiles.readManifest(tampered, AdditiveManifest.class)))
                    .as("byte %d", position)
                    .isInstanceOf(ModelRefused.class);
        }
    }

    @Test
    void aManifestThatDoesNotFitTheFileIsRefused() throws IOException {
        AdditiveManifest own = model.manifest();
        byte[] file = file();

        assertThatThrownBy(() -> AdditiveModel.of(
                        file, with(own, List.of("age"), own.required()).signedFor(file)))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("coefficients");
        assertThatThrownBy(() -> AdditiveModel.of(
                        file, with(own, own.inputs(), List.of("shoe size")).signedFor(file)))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("shoe size");
        assertThatThrownBy(() -> AdditiveModel.shipped("no-such-model")).isInstanceOf(ModelRefused.class);
    }

    @Test
    void theSumIsWhatWekaSays() throws Exception {
        AdditiveManifest own = model.manifest();
        AdditiveManifest uncalibrated = new AdditiveManifest(
                own.id(),
                own.version(),
                own.algorithm(),
                own.sha256(),
                own.synthetic(),
                own.inputs(),
                own.required(),
                own.means(),
                new AdditiveManifest.Calibration(0, 1),
                own.threshold(),
                own.trainingData());
        assertThatThrownBy(() -> AdditiveModel.of(file(), uncalibrated))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("SHA-256");
        AdditiveScore score =
                AdditiveModel.of(file(), uncalibrated.signedFor(file())).score();
        Logistic weka = ModelFiles.read(file(), own);
        ArrayList<Attribute> attributes = new ArrayList<>();
        own.inputs().forEach(name -> attributes.add(new Attribute(name)));
        attributes.add(new Attribute("outcome", List.of("positive", "negative")));
        Instances header = new Instances("rows", attributes, 0);
        header.setClassIndex(attributes.size() - 1);

        for (double[] row : rows(100)) {
            DenseInstance instance = new DenseInstance(1, Arrays.copyOf(row, row.length + 1));
            instance.setDataset(header);
            instance.setClassMissing();
            assertThat(score.probability(row)).isCloseTo(weka.distributionForInstance(instance)[0], within(1e-9));
        }
    }

    @Test
    void contributionsAddUpAndWhatIsMissingAddsNothing() {
        AdditiveScore score = model.score();
        for (double[] row : rows(100)) {
            row[3] = Double.NaN;
            double[] contributions = score.contributions(row);

            assertThat(contributions[3]).isZero();
            assertThat(score.baseLogOdds() + Arrays.stream(contributions).sum())
                    .isCloseTo(score.logOdds(row), within(1e-9));
        }
    }

    @Test
    void withoutARequiredInputItIsNotComputable() {
        Map<String, Double> all = new HashMap<>();
        model.manifest().inputs().forEach(name -> all.put(name, 1.0));
        Map<String, Double> withoutSex = new HashMap<>(all);
        withoutSex.remove("sex");
        Map<String, Double> withoutCholesterol = new HashMap<>(all);
        withoutCholesterol.remove("cholesterol_mg_dl");

        assertThat(model.isComputable(model.inputs(all))).isTrue();
        assertThat(model.isComputable(model.inputs(withoutSex))).isFalse();
        assertThat(model.isComputable(model.inputs(withoutCholesterol))).isTrue();
    }

    private List<double[]> rows(int count) {
        Random random = new Random(11);
        return IntStream.range(0, count)
                .mapToObj(i -> model.manifest().means().stream()
                        .mapToDouble(mean -> mean * (0.5 + random.nextDouble()))
                        .toArray())
                .toList();
    }

    private static AdditiveManifest with(AdditiveManifest own, List<String> inputs, List<String> required) {
        return new AdditiveManifest(
                own.id(),
                own.version(),
                own.algorithm(),
                own.sha256(),
                own.synthetic(),
                inputs,
                required,
                own.means(),
                own.calibration(),
                own.threshold(),
                own.trainingData());
    }

    private static byte[] file() throws IOException {
        return file(ID);
    }

    private static byte[] file(String id) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                AdditiveModelTest.class.getResourceAsStream("/eu/sinusnode/analysis/models/" + id + ".model"))) {
            return in.readAllBytes();
        }
    }
}
