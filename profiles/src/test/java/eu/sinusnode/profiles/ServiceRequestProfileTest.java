package eu.sinusnode.profiles;

class ServiceRequestProfileTest extends AbstractProfileTest {

    ServiceRequestProfileTest() {
        super("service-request", Canonicals.SERVICE_REQUEST);
    }
}
