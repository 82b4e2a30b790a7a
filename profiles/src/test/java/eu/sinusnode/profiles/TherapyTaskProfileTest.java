package eu.sinusnode.profiles;

class TherapyTaskProfileTest extends AbstractProfileTest {

    TherapyTaskProfileTest() {
        super("therapy-task", Canonicals.THERAPY_TASK);
    }
}
