package eu.sinusnode.profiles;

class CommunicationProfileTest extends AbstractProfileTest {

    CommunicationProfileTest() {
        super("communication", Canonicals.COMMUNICATION);
    }
}
