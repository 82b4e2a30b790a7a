package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Scopes;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SearchPageIdTest {

    private static final String SCOPES = "user/Observation.rs user/Patient.rs";

    @Test
    void aCallerGoesOnWithANewTokenOfTheSameScopes() {
        String id = SearchPageId.newFor(caller("app", "clinic", "Practitioner/1", "t1", SCOPES));
        assertThat(UUID.fromString(id)).hasToString(id);
        assertThat(SearchPageId.isOf(
                        caller("app", "clinic", "Practitioner/1", "t2", "user/Patient.rs user/Observation.rs"), id))
                .isTrue();
    }

    @Test
    void whoeverDiffersInOneThingDoesNot() {
        String id = SearchPageId.newFor(caller("app", "clinic", "Practitioner/1", "t", SCOPES));
        for (Caller other : List.of(
                caller("other app", "clinic", "Practitioner/1", "t", SCOPES),
                caller("app", "other clinic", "Practitioner/1", "t", SCOPES),
                caller("app", "clinic", "Practitioner/2", "t", SCOPES),
                caller("app", "clinic", null, "t", SCOPES),
                caller("app", "clinic", "Practitioner/1", "t", "user/Patient.rs"))) {
            assertThat(SearchPageId.isOf(other, id)).as(other.toString()).isFalse();
        }
    }

    @Test
    void whatIsNoIdIsNobodys() {
        Caller caller = caller("app", "clinic", "Practitioner/1", "t", SCOPES);
        String id = SearchPageId.newFor(caller);
        for (String text : List.of("", "x", "1-1-1-1-1", id + "0", id.toUpperCase(java.util.Locale.ROOT) + " ")) {
            assertThat(SearchPageId.isOf(caller, text)).as(text).isFalse();
        }
    }

    private static Caller caller(
            String client, String organization, @Nullable String user, String token, String scopes) {
        return new Caller(
                CallerKind.CLINICIAN,
                client,
                "subject",
                token,
                organization,
                "DE",
                null,
                CallerKind.CLINICIAN.purpose(),
                user,
                null,
                Scopes.parse(scopes),
                Set.of());
    }
}
