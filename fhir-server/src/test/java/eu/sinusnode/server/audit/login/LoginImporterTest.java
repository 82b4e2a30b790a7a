package eu.sinusnode.server.audit.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditEvents;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.server.audit.testing.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.junit.jupiter.api.Test;

class LoginImporterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SettableClock clock = new SettableClock();
    private final List<KeycloakEvent> atKeycloak = new ArrayList<>();
    private final List<AuditEntry> recorded = new ArrayList<>();
    private boolean away;
    private boolean full;
    private int breaksAfter = Integer.MAX_VALUE;

    private LoginImporter importer() {
        return new LoginImporter(
                (kind, since, page) -> {
                    if (away) {
                        throw new IOException("connection refused");
                    }
                    if (kind == EventKind.USER) {
                        given(since, page);
                    }
                },
                entry -> {
                    if (full) {
                        throw new IllegalStateException("disk full");
                    }
                    recorded.add(entry);
                },
                clock,
                Duration.ofSeconds(1));
    }

    /** One event a page; after the number that {@code breaksAfter} says, the connection breaks. */
    private void given(Instant since, LoginImporter.Page page) throws IOException {
        List<KeycloakEvent> wanted = atKeycloak.stream()
                .filter(event -> !event.time().isBefore(since))
                .sorted(Comparator.comparing(KeycloakEvent::time))
                .toList();
        for (int i = 0; i < wanted.size(); i++) {
            if (i == breaksAfter) {
                throw new IOException("connection broken");
            }
            page.take(List.of(wanted.get(i)));
        }
    }

    /** A week's backlog that never comes through in one look comes through in several. */
    @Test
    void aLookThatBreaksIsTakenUpWhereItEnded() throws Exception {
        for (int i = 0; i < 40; i++) {
            happens("e" + i, "LOGIN", null, clock.instant().minus(Duration.ofHours(40 - i)));
        }
        LoginImporter importer = importer();
        breaksAfter = 15;
        for (int look = 0; look < 2; look++) {
            assertThatThrownBy(importer::importOnce).isInstanceOf(IOException.class);
        }
        assertThat(recorded).hasSize(29);

        importer.importOnce();

        assertThat(recorded).hasSize(40).extracting(AuditEntry::id).doesNotHaveDuplicates();
    }

    @Test
    void aRefusedTokenRequestIsFoundByTheIdThatItsClientSaw() throws Exception {
        happens("5b1c", "CODE_TO_TOKEN_ERROR", "invalid_code", clock.instant());
        importer().importOnce();

        assertThat(recorded).singleElement().satisfies(entry -> {
            assertThat(entry.request().requestId()).isEqualTo("5b1c");
            assertThat(entry.request().interaction()).isEqualTo(AuditedInteraction.TOKEN);
            assertThat(entry.outcome())
                    .isEqualTo(new AuditOutcome.Denied("KEYCLOAK-CODE_TO_TOKEN_ERROR", "invalid_code"));
        });
    }

    @Test
    void anEventIsRecordedOnceAndOneThatAppearsLateIsNotMissed() throws Exception {
        LoginImporter importer = importer();
        happens("a", "LOGIN", null, clock.instant());
        assertThat(importer.importOnce()).isEqualTo(1);
        assertThat(importer.importOnce()).isZero();
        clock.move(Duration.ofMinutes(1));
        happens("b", "LOGIN", null, clock.instant().minusSeconds(90));
        assertThat(importer.importOnce()).isEqualTo(1);
    }

    @Test
    void afterARestartTheSameEventHasTheSameIdSoTheStoreLeavesItOut() throws Exception {
        happens("a", "LOGIN", null, clock.instant());
        importer().importOnce();
        importer().importOnce();

        assertThat(recorded).hasSize(2);
        assertThat(recorded.get(0)).isEqualTo(recorded.get(1));
    }

    @Test
    void whileKeycloakIsAwayNothingIsLost() throws Exception {
        LoginImporter importer = importer();
        importer.importOnce();
        away = true;
        happens("a", "LOGOUT", null, clock.instant());
        clock.move(Duration.ofHours(3));
        assertThatThrownBy(importer::importOnce).isInstanceOf(IOException.class);
        away = false;

        assertThat(importer.importOnce()).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeRecordedIsTriedAgain() throws Exception {
        LoginImporter importer = importer();
        happens("a", "LOGIN", null, clock.instant());
        full = true;
        assertThatThrownBy(importer::importOnce).isInstanceOf(IllegalStateException.class);
        full = false;

        assertThat(importer.importOnce()).isEqualTo(1);
    }

    @Test
    void aFailedLoginSaysWhyAndNeverWhatWasTyped() throws Exception {
        happens("a", "LOGIN_ERROR", "invalid_user_credentials", clock.instant());
        happens("b", "LOGIN_ERROR", "user 'my secret passphrase' not found", clock.instant());
        importer().importOnce();

        assertThat(recorded)
                .extracting(AuditEntry::outcome)
                .containsExactly(
                        new AuditOutcome.Denied("KEYCLOAK-LOGIN_ERROR", "invalid_user_credentials"),
                        new AuditOutcome.Denied("KEYCLOAK-LOGIN_ERROR", "refused by Keycloak"));
    }

    @Test
    void loginsAndLogoutsAreRenderedAsUserAuthentication() throws Exception {
        happens("a", "LOGIN", null, clock.instant());
        happens("b", "LOGOUT", null, clock.instant());
        importer().importOnce();

        List<AuditEvent> events = recorded.stream()
                .flatMap(entry -> new AuditEvents("http://127.0.0.1/fhir").render(entry).stream())
                .toList();
        assertThat(events)
                .allSatisfy(event -> assertThat(event.getType().getCode()).isEqualTo("110114"));
        assertThat(events)
                .extracting(event -> event.getSubtypeFirstRep().getCode())
                .containsExactly("110122", "110123");
    }

    @Test
    void anAdministratorsActIsRead() throws Exception {
        KeycloakEvent event = KeycloakEvent.ofAdmin(JSON.readTree("""
                {"id":"x","time":1700000000000,"operationType":"UPDATE","resourceType":"USER","resourcePath":"users/1",
                 "authDetails":{"clientId":"security-admin-console","userId":"u-1","ipAddress":"192.0.2.1"}}"""));

        assertThat(event.type()).isEqualTo("ADMIN UPDATE USER");
        assertThat(event.user()).isEqualTo("u-1");
        assertThat(event.failed()).isFalse();
    }

    private void happens(String id, String type, @org.jspecify.annotations.Nullable String error, Instant at)
            throws IOException {
        var event = JSON.createObjectNode()
                .put("id", id)
                .put("time", at.toEpochMilli())
                .put("type", type)
                .put("clientId", "app")
                .put("userId", "u-1")
                .put("ipAddress", "192.0.2.7");
        if (error != null) {
            event.put("error", error);
        }
        atKeycloak.add(KeycloakEvent.ofUser(event));
    }
}
