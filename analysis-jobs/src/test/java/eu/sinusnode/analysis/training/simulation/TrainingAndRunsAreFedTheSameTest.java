package eu.sinusnode.analysis.training.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.risk.DecompensationModel;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.PressureDeteriorationModel;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.training.study.ModelStudy;
import eu.sinusnode.analysis.training.study.Studies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table that a model is trained on, against what a run feeds the model with for the same patients. */
class TrainingAndRunsAreFedTheSameTest {

    @Test
    void pressure() throws IOException {
        compare(
                "pressure",
                new PressureDeteriorationModel(AdditiveModel.shipped(PressureDeteriorationModel.ID)),
                PressureSimulation::readings,
                14);
    }

    @Test
    void decompensation() throws IOException {
        compare(
                "decompensation",
                new DecompensationModel(AdditiveModel.shipped(DecompensationModel.ID)),
                DecompensationSimulation::readings,
                7);
    }

    private interface Simulated {
        List<VitalReading> of(int patient);
    }

    private static void compare(String name, RiskModel model, Simulated simulated, int everyDays) throws IOException {
        Map<String, List<Map<String, Double>>> trained = table(name, model);
        int rows = 0;
        for (int patient = 0; patient < 60; patient++) {
            List<Map<String, Double>> fed = new ArrayList<>();
            for (int day = 28; day <= 140; day += everyDays) {
                Map<String, Double> row = model.fed(asARunHasIt(simulated.of(patient), patient, day));
                if (!row.isEmpty()) {
                    fed.add(row);
                }
            }
            List<Map<String, Double>> expected = trained.getOrDefault("simulated-" + patient, List.of());
            // A table ends where nothing is known of what came after.
            assertThat(fed.subList(0, Math.min(fed.size(), expected.size())))
                    .as("%s, patient %d", name, patient)
                    .isEqualTo(expected);
            rows += expected.size();
        }
        assertThat(rows).isGreaterThan(300);
    }

    /** In any order, with later readings, other measurements, duplicates and readings of another unit among them. */
    private static PatientFeatures asARunHasIt(List<VitalReading> readings, int patient, int day) {
        Random random = new Random(patient);
        Instant asOf = Instant.parse("2025-01-01T00:00:00Z").plusSeconds(86_400L * day - 1);
        List<VitalReading> all = new ArrayList<>(readings);
        for (VitalReading reading : readings) {
            if (random.nextInt(10) == 0) {
                all.add(with(reading, "copy-" + all.size(), reading.code(), reading.value(), reading.unit()));
                all.add(with(reading, "unit-" + all.size(), reading.code(), reading.value(), "kPa"));
                all.add(with(reading, "other-" + all.size(), Measurement.OXYGEN_SATURATION.code(), 96, "%"));
            }
        }
        Collections.shuffle(all, random);
        PatientReadings given = new PatientReadings(
                "p",
                List.of(),
                all.size(),
                all,
                List.of(),
                List.of(),
                new Facts()
                        .diagnoses(Diagnosis.HYPERTENSION, Diagnosis.HEART_FAILURE)
                        .build());
        return PatientFeatures.of(given, asOf);
    }

    private static VitalReading with(VitalReading reading, String id, String code, double value, String unit) {
        OffsetDateTime at = reading.effective().withOffsetSameInstant(ZoneOffset.UTC);
        return new VitalReading(id, "1", code, at, value, unit, "final", reading.device(), reading.setting());
    }

    private static Map<String, List<Map<String, Double>>> table(String name, RiskModel model) throws IOException {
        ModelStudy study = Studies.named(name);
        byte[] csv = Objects.requireNonNull(
                study.train(null, (work, done, of) -> {}).files().get(study.modelId() + ".csv"));
        List<String> lines = new String(csv, StandardCharsets.UTF_8).lines().toList();
        List<String> columns = List.of(lines.get(0).split(",", -1));
        List<String> inputs =
                AdditiveModel.shipped(model.identity().id()).manifest().inputs();
        Map<String, List<Map<String, Double>>> rows = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = List.of(line.split(",", -1));
            Map<String, Double> row = new HashMap<>();
            for (String input : inputs) {
                String cell = cells.get(columns.indexOf(input));
                if (!cell.isEmpty()) {
                    row.put(input, Double.valueOf(cell));
                }
            }
            rows.computeIfAbsent(cells.get(0), ignored -> new ArrayList<>()).add(row);
        }
        return rows;
    }
}
