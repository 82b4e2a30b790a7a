package eu.sinusnode.profiles;

class AlgorithmDeviceProfileTest extends AbstractProfileTest {

    AlgorithmDeviceProfileTest() {
        super("algorithm-device", Canonicals.ALGORITHM_DEVICE);
    }
}
