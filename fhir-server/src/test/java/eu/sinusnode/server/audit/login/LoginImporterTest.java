package eu.sinusnode.server.audit.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditEvents;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.server.audit.testing.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    private LoginImporter importer() {
        return new LoginImporter(
                since -> {
                    if (away) {
                        throw new IOException("connection refused");
                    }
                    return atKeycloak.stream()
                            .filter(event -> !event.time().isBefore(since))
                            .toList();
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
