package eu.sinusnode.profiles;

class QuestionnaireProfileTest extends AbstractProfileTest {

    QuestionnaireProfileTest() {
        super("questionnaire", Canonicals.QUESTIONNAIRE);
    }
}
