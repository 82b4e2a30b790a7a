package eu.sinusnode.profiles;

class QuestionTaskProfileTest extends AbstractProfileTest {

    QuestionTaskProfileTest() {
        super("question-task", Canonicals.QUESTION_TASK);
    }
}
