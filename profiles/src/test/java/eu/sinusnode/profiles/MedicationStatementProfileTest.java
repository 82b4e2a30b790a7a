package eu.sinusnode.profiles;

class MedicationStatementProfileTest extends AbstractProfileTest {

    MedicationStatementProfileTest() {
        super("medication-statement", Canonicals.MEDICATION_STATEMENT);
    }
}
