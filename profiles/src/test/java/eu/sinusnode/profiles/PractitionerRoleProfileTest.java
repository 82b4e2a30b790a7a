package eu.sinusnode.profiles;

class PractitionerRoleProfileTest extends AbstractProfileTest {

    PractitionerRoleProfileTest() {
        super("practitioner-role", Canonicals.PRACTITIONER_ROLE);
    }
}
