package eu.sinusnode.profiles;

class MemberGroupProfileTest extends AbstractProfileTest {

    MemberGroupProfileTest() {
        super("member-group", Canonicals.MEMBER_GROUP);
    }
}
