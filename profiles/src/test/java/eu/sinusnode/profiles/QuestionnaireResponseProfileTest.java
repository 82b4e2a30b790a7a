package eu.sinusnode.profiles;

class QuestionnaireResponseProfileTest extends AbstractProfileTest {

    QuestionnaireResponseProfileTest() {
        super("questionnaire-response", Canonicals.QUESTIONNAIRE_RESPONSE);
    }
}
