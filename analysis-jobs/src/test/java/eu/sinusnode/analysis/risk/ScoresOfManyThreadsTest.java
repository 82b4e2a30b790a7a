package eu.sinusnode.analysis.risk;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.ChestPain;
import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.facts.Sex;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.work.Workers;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The shipped models, shared by threads as a run shares them: each patient's results are those of one thread, to the bit. */
class ScoresOfManyThreadsTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");
    private static final LocalDate LAST = LocalDate.of(2026, 11, 20);
    private static final int PATIENTS = 48;
    private static final int ROUNDS = 5;

    private final PatientRangeScoring scoring = new PatientRangeScoring(RiskModels.all());

    /** Of all sorts: water and none, pressures that rise and do not, chest pain with findings and without. */
    private static PatientReadings patient(int number) {
        Random random = new Random(number);
        double water = number % 3 == 0 ? 2 + random.nextDouble() : random.nextDouble() / 4;
        double rise = number % 4 == 0 ? 0.6 + random.nextDouble() / 5 : random.nextDouble() / 10;
        Vitals vitals = new Vitals().device(Codes.CUFF).setting(Codes.HOME);
        for (int ago = 27; ago >= 0; ago--) {
            String morning = LAST.minusDays(ago) + "T07:00:00+01:00";
            vitals.add(Measurement.BODY_WEIGHT, morning, 80 + (ago < 3 ? water : 0) + random.nextDouble() / 10)
                    .add(Measurement.RESTING_HEART_RATE, morning, 68 + random.nextInt(6))
                    .pressure(LAST.minusDays(ago) + "T08:00:00+01:00", Math.rint(133 - rise * ago), 76);
        }
        Facts facts = new Facts()
                .born("19%02d-01-01".formatted(40 + number % 30))
                .sex(number % 2 == 0 ? Sex.MALE : Sex.FEMALE)
                .diagnoses(Diagnosis.HEART_FAILURE, Diagnosis.HYPERTENSION)
                .laboratory(Codes.CHEST_PAIN_TYPE, ChestPain.ATYPICAL_ANGINA.number(), "1")
                .laboratory(Codes.EXERCISE_ANGINA, number % 5 == 0 ? 1 : 0, "1")
                .laboratory(Codes.EXERCISE_ST_DEPRESSION, number % 5 == 0 ? 3 : 0, "mm")
                .laboratory(Codes.MAXIMAL_EXERCISE_HEART_RATE, number % 5 == 0 ? 110 : 170, "/min");
        return vitals.of("p" + number, facts.build());
    }

    @Test
    void fourThreadsGiveTheScoresOfOne() {
        List<PatientReadings> patients = IntStream.range(0, PATIENTS)
                .mapToObj(ScoresOfManyThreadsTest::patient)
                .toList();
        Map<String, List<RiskResult>> alone = new ConcurrentHashMap<>();
        patients.forEach(patient -> alone.put(patient.patient(), results(patient)));

        for (String id : List.of(CoronaryStenosisModel.ID, PressureDeteriorationModel.ID, DecompensationModel.ID)) {
            assertThat(alone.values().stream().map(results -> of(id, results)))
                    .as(id)
                    .hasAtLeastOneElementOfType(RiskResult.Raised.class)
                    .hasAtLeastOneElementOfType(RiskResult.Clear.class);
        }
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, List<RiskResult>> together = new ConcurrentHashMap<>();
            new Workers(4)
                    .forEach(new ArrayList<>(patients), patient -> together.put(patient.patient(), results(patient)));
            assertThat(together).isEqualTo(alone);
        }
    }

    private List<RiskResult> results(PatientReadings patient) {
        return scoring.score(scoring.features(List.of(patient), AS_OF)).get(0).results();
    }

    private static RiskResult of(String id, List<RiskResult> results) {
        return results.stream()
                .filter(result -> result.model().id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
