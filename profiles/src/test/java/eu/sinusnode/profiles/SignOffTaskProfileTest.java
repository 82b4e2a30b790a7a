package eu.sinusnode.profiles;

class SignOffTaskProfileTest extends AbstractProfileTest {

    SignOffTaskProfileTest() {
        super("sign-off-task", Canonicals.SIGN_OFF_TASK);
    }
}
