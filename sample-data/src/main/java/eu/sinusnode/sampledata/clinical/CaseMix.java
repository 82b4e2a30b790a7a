package eu.sinusnode.sampledata.clinical;

import eu.sinusnode.sampledata.chance.Draws;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the clinical picture of a patient of a cardiac centre. The share of each leading diagnosis, of devices and of
 * consents is an assumption; comorbidity and the kinds of atrial fibrillation follow the sources in this module's README.
 */
public final class CaseMix {

    private enum Lead {
        HYPERTENSION,
        FIBRILLATION,
        FAILURE,
        CORONARY,
        ECTOPY
    }

    private final long seed;

    public CaseMix(long seed) {
        this.seed = seed;
    }

    public ClinicalPicture draw(int number) {
        return Personas.role(number).orElseGet(() -> draw(Draws.of(seed, number, "clinical picture")));
    }

    private ClinicalPicture draw(Draws draws) {
        Lead lead = Lead.values()[draws.weighted(0.38, 0.25, 0.17, 0.15, 0.05)];
        boolean female = draws.chance(lead == Lead.FIBRILLATION ? 0.40 : lead == Lead.CORONARY ? 0.32 : 0.47);
        int age = age(draws, lead);
        List<Diagnosis> diagnoses = diagnoses(draws, lead, age);
        boolean failure = diagnoses.stream().anyMatch(Diagnosis::isHeartFailure);
        boolean fibrillation = diagnoses.stream().anyMatch(Diagnosis::isAtrialFibrillation);
        boolean cuffless = draws.chance(0.12);
        boolean scale = failure || draws.chance(0.25);
        RhythmDevice rhythmDevice = RhythmDevice.values()[draws.weighted(0.12, 0.66, 0.22)];
        return new ClinicalPicture(
                female,
                age,
                diagnoses,
                rhythm(diagnoses, draws),
                pressure(draws, diagnoses.contains(Diagnosis.HYPERTENSION), failure),
                cuffless,
                scale,
                rhythmDevice,
                Adherence.values()[draws.weighted(0.55, 0.25, 0.10, 0.10)],
                fault(draws, cuffless, scale, rhythmDevice),
                failure ? Decompensation.values()[draws.weighted(0.72, 0.18, 0.10)] : Decompensation.NONE,
                draws.chance(failure || fibrillation ? 0.75 : 0.25),
                ConsentKind.values()[draws.weighted(0.56, 0.08, 0.08, 0.08, 0.04, 0.08, 0.03, 0.05)],
                draws.below(6),
                draws.weighted(0.4, 0.25, 0.2, 0.15),
                draws.chance(0.02),
                draws.chance(0.06));
    }

    private static int age(Draws draws, Lead lead) {
        double mean =
                switch (lead) {
                    case HYPERTENSION -> 64;
                    case FIBRILLATION -> 70;
                    case FAILURE -> 72;
                    case CORONARY -> 68;
                    case ECTOPY -> 60;
                };
        return (int) Math.min(90, Math.max(40, Math.round(draws.normal(mean, 10.5))));
    }

    private static List<Diagnosis> diagnoses(Draws draws, Lead lead, int age) {
        List<Diagnosis> diagnoses = new ArrayList<>();
        switch (lead) {
            case HYPERTENSION -> diagnoses.add(Diagnosis.HYPERTENSION);
            case FIBRILLATION -> diagnoses.add(fibrillation(draws));
            case FAILURE -> diagnoses.add(failure(draws));
            case CORONARY -> diagnoses.add(coronary(draws));
            case ECTOPY -> diagnoses.add(Diagnosis.PREMATURE_BEATS);
        }
        Diagnosis leading = diagnoses.get(0);
        // Nabauer 2009 (AFNET): of patients with AF 69 % have hypertension, 27 % coronary disease, 32 % heart failure.
        if (lead != Lead.HYPERTENSION && draws.chance(lead == Lead.ECTOPY ? 0.45 : 0.69)) {
            diagnoses.add(Diagnosis.HYPERTENSION);
        }
        if (lead == Lead.FIBRILLATION && draws.chance(leading == Diagnosis.PAROXYSMAL_AF ? 0.24 : 0.43)) {
            diagnoses.add(failure(draws));
        }
        if (lead == Lead.FAILURE && draws.chance(0.35)) {
            diagnoses.add(fibrillation(draws));
        }
        if (lead != Lead.CORONARY && draws.chance(lead == Lead.FAILURE ? 0.45 : coronaryShare(age))) {
            diagnoses.add(coronary(draws));
        }
        return diagnoses;
    }

    /** Busch and Kuhnert 2017 (GEDA 2014/2015-EHIS) give 3.7 to 6 % of adults and 16 to 24 % from 75 years. */
    private static double coronaryShare(int age) {
        return age >= 75 ? 0.24 : age >= 60 ? 0.16 : 0.06;
    }

    /** Nabauer 2009: 30.2 % paroxysmal, 19.5 % persistent, 32.8 % permanent; first episodes count as paroxysmal here. */
    private static Diagnosis fibrillation(Draws draws) {
        return List.of(Diagnosis.PAROXYSMAL_AF, Diagnosis.PERSISTENT_AF, Diagnosis.PERMANENT_AF)
                .get(draws.weighted(0.410, 0.195, 0.328));
    }

    private static Diagnosis failure(Draws draws) {
        return draws.chance(0.6) ? Diagnosis.HEART_FAILURE_NYHA_II : Diagnosis.HEART_FAILURE_NYHA_III;
    }

    private static Diagnosis coronary(Draws draws) {
        return draws.chance(0.65) ? Diagnosis.CORONARY_DISEASE : Diagnosis.OLD_INFARCTION;
    }

    private static HeartRhythm rhythm(List<Diagnosis> diagnoses, Draws draws) {
        if (diagnoses.contains(Diagnosis.PAROXYSMAL_AF)) {
            return HeartRhythm.PAROXYSMAL_FIBRILLATION;
        }
        if (diagnoses.contains(Diagnosis.PERMANENT_AF) || diagnoses.contains(Diagnosis.PERSISTENT_AF)) {
            return HeartRhythm.FIBRILLATION;
        }
        if (diagnoses.contains(Diagnosis.PREMATURE_BEATS) || draws.chance(0.12)) {
            return HeartRhythm.ECTOPY;
        }
        // Nobody has diagnosed these yet: what screening is for (assumption).
        return draws.chance(0.03) ? HeartRhythm.PAROXYSMAL_FIBRILLATION : HeartRhythm.SINUS;
    }

    private static PressureLevel pressure(Draws draws, boolean hypertension, boolean failure) {
        PressureLevel[] levels = PressureLevel.values();
        if (!hypertension) {
            return levels[draws.weighted(0.55, 0.40, 0.05, 0)];
        }
        return failure ? levels[draws.weighted(0.30, 0.45, 0.25, 0)] : levels[draws.weighted(0.12, 0.44, 0.42, 0.02)];
    }

    private static Fault fault(Draws draws, boolean cuffless, boolean scale, RhythmDevice rhythmDevice) {
        if (!draws.chance(0.22)) {
            return Fault.NONE;
        }
        return switch (draws.below(4)) {
            case 0 -> cuffless ? Fault.NONE : Fault.SLIPPED_CUFF;
            case 1 -> scale ? Fault.OTHER_PERSON : Fault.NONE;
            case 2 -> rhythmDevice == RhythmDevice.WATCH ? Fault.STUCK_RATE : Fault.NONE;
            default -> rhythmDevice == RhythmDevice.WATCH ? Fault.HALVED_RATE : Fault.NONE;
        };
    }
}
