package eu.sinusnode.profiles;

class DeviceProfileTest extends AbstractProfileTest {

    DeviceProfileTest() {
        super("device", Canonicals.DEVICE);
    }
}
