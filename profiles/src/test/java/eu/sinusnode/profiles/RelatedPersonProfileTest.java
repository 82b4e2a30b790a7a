package eu.sinusnode.profiles;

class RelatedPersonProfileTest extends AbstractProfileTest {

    RelatedPersonProfileTest() {
        super("related-person", Canonicals.RELATED_PERSON);
    }
}
