package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.server.export.job.ExportOrder;
import eu.sinusnode.server.export.job.ExportOrder.Pseudonymised;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinimisingTest {

    /** A Friday. */
    private static final Instant NOW = Instant.parse("2026-11-27T16:30:00Z");

    private static final Instant MONDAY = Instant.parse("2026-11-22T23:00:00Z");

    @TempDir
    Path home;

    private Clock clock = at(NOW);

    @BeforeEach
    void firstKey() {
        PurposeKeys.open(home, at(NOW.minusSeconds(86_400 * 100L)));
    }

    @Test
    void whoGetsRecordsAsTheyAreOrdersAsBefore() {
        ExportOrder order = order(NOW, NOW, Map.of("Patient", List.of("gender=female")));

        for (CallerKind kind : Set.of(CallerKind.INSURER, CallerKind.CLINIC_SYSTEM, CallerKind.PATIENT)) {
            assertThat(minimising().of(caller(kind), order)).isEqualTo(order);
        }
    }

    @Test
    void weeksAreWholeAndTheKeyIsTheCurrentOne() {
        ExportOrder order = minimised(order(NOW.minusSeconds(86_400 * 7), null, Map.of()));

        assertThat(order.since()).isEqualTo(MONDAY.minusSeconds(86_400 * 7));
        assertThat(order.until()).isEqualTo(MONDAY);
        assertThat(order.pseudonymised())
                .isEqualTo(
                        new Pseudonymised(keys().current(KeyPurpose.PSEUDONYM).kid(), 10));
    }

    @Test
    void theFirstInstantOfAWeekIsItsOwn() {
        clock = at(MONDAY);
        assertThat(minimised(order(null, null, Map.of())).until()).isEqualTo(MONDAY);
        clock = at(MONDAY.minusMillis(1));
        assertThat(minimised(order(null, null, Map.of())).until()).isEqualTo(MONDAY.minusSeconds(86_400 * 7));
    }

    @Test
    void nothingChoosesByWhatTheFormLeavesOut() {
        for (ExportOrder order : List.of(
                order(null, NOW, Map.of()), order(null, null, Map.of("Patient", List.of("birthdate=1952-08-17"))))) {
            assertThatThrownBy(() -> minimised(order)).isInstanceOf(InvalidRequestException.class);
        }
        for (Set<String> patients : List.of(Set.of("5b1c6dbb-52ab-4a33-8a5d-0b6d3e0c5a10"), Set.<String>of())) {
            assertThatThrownBy(() -> minimised(order(patients, null))).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void filesMayBeOrganised() {
        assertThat(minimised(order(null, "Patient")).organizedBy()).isEqualTo("Patient");
        assertThat(minimised(order(null, null)).organizedBy()).isNull();
    }

    @Test
    void whoKnowsFormerNamesBeginsAnew() throws IOException {
        String former = key(minimised(order(null, null, Map.of())));
        PurposeKeys.rotate(home, KeyPurpose.PSEUDONYM, at(NOW.minusSeconds(60)));

        assertThatThrownBy(() -> minimised(order(NOW.minusSeconds(3_600), null, Map.of())))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(key(minimised(order(null, null, Map.of())))).isNotEqualTo(former);
        assertThat(key(minimised(order(NOW, null, Map.of())))).isNotEqualTo(former);
        assertThat(keys().find(KeyPurpose.PSEUDONYM, former))
                .as("for files that are there")
                .isPresent();
    }

    private static String key(ExportOrder order) {
        return Objects.requireNonNull(order.pseudonymised()).key();
    }

    private ExportOrder minimised(ExportOrder order) {
        return minimising().of(caller(CallerKind.RESEARCHER), order);
    }

    private Minimising minimising() {
        return new Minimising(keys(), 10, clock, ZoneId.of("Europe/Berlin"));
    }

    private PurposeKeys keys() {
        return PurposeKeys.open(home, clock);
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    private static ExportOrder order(
            @Nullable Instant since, @Nullable Instant until, Map<String, List<String>> filters) {
        return new ExportOrder(
                "https://x/fhir/$export", Set.of("Patient"), since, until, filters, Map.of(), null, null, null);
    }

    private static ExportOrder order(@Nullable Set<String> patients, @Nullable String organizedBy) {
        return new ExportOrder(
                "https://x/fhir/$export",
                Set.of("Patient"),
                null,
                null,
                Map.of(),
                Map.of(),
                patients,
                organizedBy,
                null);
    }

    private static Caller caller(CallerKind kind) {
        return new Caller(
                kind,
                "client",
                "subject",
                "token",
                "institute",
                "DE",
                null,
                kind.purpose(),
                null,
                null,
                new Scopes(List.of()),
                Set.of());
    }
}
