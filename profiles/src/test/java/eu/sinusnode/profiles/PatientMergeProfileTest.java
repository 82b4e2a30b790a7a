package eu.sinusnode.profiles;

class PatientMergeProfileTest extends AbstractProfileTest {

    PatientMergeProfileTest() {
        super("patient-merge", Canonicals.PATIENT_MERGE);
    }
}
