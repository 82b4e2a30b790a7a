package eu.sinusnode.sampledata.clinical;

import java.util.List;

/**
 * Everything about a patient that decides what the devices will send and who may see it.
 *
 * @param diagnoses main diagnosis first
 * @param clinic index of the clinic that treats
 * @param insurer index of the insurer that pays
 * @param foreignCover true for a second cover with the insurer in the United States
 * @param cuffless true when blood pressure comes from a cuffless device instead of a cuff
 * @param betaBlocker slows the heart
 * @param movedClinic true when another clinic's care team ended before the weeks of data
 */
public record ClinicalPicture(
        boolean female,
        int age,
        List<Diagnosis> diagnoses,
        HeartRhythm rhythm,
        PressureLevel pressure,
        boolean cuffless,
        boolean scale,
        RhythmDevice rhythmDevice,
        Adherence adherence,
        Fault fault,
        Decompensation decompensation,
        boolean betaBlocker,
        ConsentKind consent,
        int clinic,
        int insurer,
        boolean foreignCover,
        boolean movedClinic) {

    public ClinicalPicture {
        diagnoses = List.copyOf(diagnoses);
    }

    public boolean has(Diagnosis diagnosis) {
        return diagnoses.contains(diagnosis);
    }

    public boolean hasHeartFailure() {
        return diagnoses.stream().anyMatch(Diagnosis::isHeartFailure);
    }

    public boolean hasAtrialFibrillation() {
        return diagnoses.stream().anyMatch(Diagnosis::isAtrialFibrillation);
    }

    public boolean hasCoronaryDisease() {
        return has(Diagnosis.CORONARY_DISEASE) || has(Diagnosis.OLD_INFARCTION);
    }
}
