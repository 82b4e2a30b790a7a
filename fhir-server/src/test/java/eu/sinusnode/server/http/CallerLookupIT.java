package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.narrowing.CallerLookup;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a search of named patients is decided on is the same, read at once or each by itself. */
class CallerLookupIT extends RunningServer {

    private static final String NOBODY = Records.id("lookup-nobody");

    @Autowired
    CallerLookup callers;

    @Autowired
    OrganizationDirectory organizations;

    @Autowired
    PermitDirectory permits;

    @Test
    void readAtOnceIsWhatIsReadByItself() {
        String open = Ward.open("lookup-open");
        String hidden = Ward.hidden("lookup-hidden");
        Instant now = Instant.now();

        CallerLookup.Found found = find(Records.CLINIC, Relationship.CARE_TEAM, Set.of(open, hidden, NOBODY), now);
        assertThat(found.organization()).isPresent();
        assertThat(found.directivesOfRelated()).containsOnlyKeys(open, hidden);
        assertThat(found.directivesOfRelated().get(open)).isNotEmpty();
        assertThat(found.directivesOfRelated().get(hidden)).isEmpty();

        for (String organization :
                List.of(Records.CLINIC, Records.INSURER, Records.id("lookup-no-organization"), "no-uuid")) {
            for (Relationship relationship : List.of(Relationship.CARE_TEAM, Relationship.COVERAGE)) {
                for (Set<String> patients : List.of(
                        Set.of(open), Set.of(hidden), Set.of(NOBODY), Set.of("no-uuid"), Set.of(open, hidden))) {
                    CallerLookup.Found atOnce = find(organization, relationship, patients, now);
                    assertThat(atOnce.organization()).isEqualTo(organizations.find(organization));
                    assertThat(atOnce.directivesOfRelated())
                            .isEqualTo(permits.directivesOfRelated(
                                    patients, organization, relationship, Purpose.TREAT, now));
                }
            }
        }
    }

    private CallerLookup.Found find(String organization, Relationship relationship, Set<String> patients, Instant at) {
        return callers.find(organization, relationship, patients, Purpose.TREAT, at);
    }
}
