package eu.sinusnode.profiles;

class ModelWeekProfileTest extends AbstractProfileTest {

    ModelWeekProfileTest() {
        super("model-week", Canonicals.MODEL_WEEK);
    }
}
