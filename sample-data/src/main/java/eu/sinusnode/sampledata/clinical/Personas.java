package eu.sinusnode.sampledata.clinical;

import static eu.sinusnode.sampledata.clinical.Diagnosis.CORONARY_DISEASE;
import static eu.sinusnode.sampledata.clinical.Diagnosis.HEART_FAILURE_NYHA_III;
import static eu.sinusnode.sampledata.clinical.Diagnosis.HYPERTENSION;
import static eu.sinusnode.sampledata.clinical.Diagnosis.PAROXYSMAL_AF;
import static eu.sinusnode.sampledata.clinical.Diagnosis.PERMANENT_AF;
import static eu.sinusnode.sampledata.clinical.Diagnosis.PERSISTENT_AF;
import static eu.sinusnode.sampledata.clinical.Diagnosis.PREMATURE_BEATS;

import java.util.List;
import java.util.Optional;

/**
 * The first ten patients are cast, not drawn, so that a demonstration of ten shows every consent and every signal. Most go
 * to the first clinic and the first insurer, whose clients a demonstration has.
 */
public final class Personas {

    public static final int COUNT = 10;

    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private static final List<ClinicalPicture> ROLES = List.of(
            // 1: uncontrolled hypertension, everything permitted.
            new Role(true, 63, HeartRhythm.SINUS, PressureLevel.HYPERTENSION, HYPERTENSION).picture(),
            // 2: atrial fibrillation all the time, on an ECG patch.
            new Role(false, 71, HeartRhythm.FIBRILLATION, PressureLevel.ELEVATED, PERSISTENT_AF, HYPERTENSION)
                    .device(RhythmDevice.PATCH)
                    .picture(),
            // 3: heart failure on the way to decompensation.
            new Role(false, 76, HeartRhythm.SINUS, PressureLevel.ELEVATED, HEART_FAILURE_NYHA_III, CORONARY_DISEASE)
                    .decompensation(Decompensation.IMMINENT)
                    .picture(),
            // 4: well controlled, at the second clinic and insurer.
            new Role(true, 52, HeartRhythm.SINUS, PressureLevel.NON_ELEVATED, HYPERTENSION)
                    .places(SECOND, SECOND)
                    .picture(),
            // 5: ectopy that must not pass for fibrillation; the cuff has been put away.
            new Role(true, 58, HeartRhythm.ECTOPY, PressureLevel.ELEVATED, PREMATURE_BEATS)
                    .adherence(Adherence.STOPPED)
                    .picture(),
            // 6: hypertension; the insurer may see blood pressure only.
            new Role(false, 66, HeartRhythm.SINUS, PressureLevel.HYPERTENSION, HYPERTENSION)
                    .consent(ConsentKind.INSURER_BLOOD_PRESSURE)
                    .fault(Fault.SLIPPED_CUFF)
                    .picture(),
            // 7: paroxysmal fibrillation; analysis may use blood pressure only.
            new Role(
                            true,
                            74,
                            HeartRhythm.PAROXYSMAL_FIBRILLATION,
                            PressureLevel.HYPERTENSION,
                            PAROXYSMAL_AF,
                            HYPERTENSION)
                    .consent(ConsentKind.ANALYSIS_BLOOD_PRESSURE)
                    .places(SECOND, FIRST)
                    .picture(),
            // 8: permanent fibrillation; consent withdrawn.
            new Role(false, 79, HeartRhythm.FIBRILLATION, PressureLevel.ELEVATED, PERMANENT_AF, HYPERTENSION)
                    .consent(ConsentKind.WITHDRAWN)
                    .places(FIRST, SECOND)
                    .picture(),
            // 9: hypertension; never asked for consent.
            new Role(false, 57, HeartRhythm.SINUS, PressureLevel.HYPERTENSION, HYPERTENSION)
                    .consent(ConsentKind.NONE)
                    .picture(),
            // 10: cuffless pressure, a second cover in the United States that the consent even permits.
            new Role(
                            true,
                            69,
                            HeartRhythm.PAROXYSMAL_FIBRILLATION,
                            PressureLevel.HYPERTENSION,
                            CORONARY_DISEASE,
                            HYPERTENSION)
                    .cufflessWithForeignCover()
                    .places(SECOND, FIRST)
                    .picture());

    private Personas() {}

    /** The role of the {@code number}-th patient, or empty when that patient is drawn. */
    static Optional<ClinicalPicture> role(int number) {
        return number >= 1 && number <= COUNT ? Optional.of(ROLES.get(number - 1)) : Optional.empty();
    }

    /** Starts from a faithful patient with cuff, scale and watch, wide consent, first clinic and insurer. */
    private static final class Role {
        private final boolean female;
        private final int age;
        private final HeartRhythm rhythm;
        private final PressureLevel pressure;
        private final List<Diagnosis> diagnoses;
        private RhythmDevice device = RhythmDevice.WATCH;
        private Adherence adherence = Adherence.GOOD;
        private Fault fault = Fault.NONE;
        private Decompensation decompensation = Decompensation.NONE;
        private ConsentKind consent = ConsentKind.WIDE;
        private int clinic = FIRST;
        private int insurer = FIRST;
        private boolean cufflessWithForeignCover;

        Role(boolean female, int age, HeartRhythm rhythm, PressureLevel pressure, Diagnosis... diagnoses) {
            this.female = female;
            this.age = age;
            this.rhythm = rhythm;
            this.pressure = pressure;
            this.diagnoses = List.of(diagnoses);
        }

        Role device(RhythmDevice chosen) {
            device = chosen;
            return this;
        }

        Role adherence(Adherence chosen) {
            adherence = chosen;
            return this;
        }

        Role fault(Fault chosen) {
            fault = chosen;
            return this;
        }

        Role decompensation(Decompensation chosen) {
            decompensation = chosen;
            return this;
        }

        Role consent(ConsentKind chosen) {
            consent = chosen;
            return this;
        }

        Role places(int chosenClinic, int chosenInsurer) {
            clinic = chosenClinic;
            insurer = chosenInsurer;
            return this;
        }

        Role cufflessWithForeignCover() {
            cufflessWithForeignCover = true;
            return this;
        }

        ClinicalPicture picture() {
            boolean failure = diagnoses.stream().anyMatch(Diagnosis::isHeartFailure);
            boolean fibrillation = diagnoses.stream().anyMatch(Diagnosis::isAtrialFibrillation);
            return new ClinicalPicture(
                    female,
                    age,
                    diagnoses,
                    rhythm,
                    pressure,
                    cufflessWithForeignCover,
                    failure,
                    device,
                    adherence,
                    fault,
                    decompensation,
                    failure || fibrillation,
                    consent,
                    clinic,
                    insurer,
                    cufflessWithForeignCover,
                    false);
        }
    }
}
