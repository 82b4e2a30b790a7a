package eu.sinusnode.profiles;

class OrganizationProfileTest extends AbstractProfileTest {

    OrganizationProfileTest() {
        super("organization", Canonicals.ORGANIZATION);
    }
}
