package eu.sinusnode.server.appointments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.policy.residency.signed.EndpointPurpose;
import eu.sinusnode.policy.residency.signed.ResidencyReader;
import eu.sinusnode.policy.residency.signed.UnreadableDocumentException;
import eu.sinusnode.server.configuration.VideoProperties;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.residency.EndpointRegistry;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoRoomsTest {

    private static final Instant START = Instant.parse("2026-12-01T09:00:00Z");
    private static final String URL = "https://video.example.org/room";

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "BOOKED, -16, too early",
        "BOOKED, -15, ",
        "BOOKED, 0, ",
        "BOOKED, 19, ",
        "BOOKED, 20, is over",
        "ARRIVED, 5, ",
        "CHECKEDIN, 5, ",
        "PROPOSED, 5, not booked",
        "PENDING, 5, not booked",
        "WAITLIST, 5, not booked",
        "CANCELLED, 5, not booked",
        "NOSHOW, 5, not booked",
        "FULFILLED, 5, not booked",
        "ENTEREDINERROR, 5, not booked",
    })
    void aRoomIsOpenFromAQuarterOfAnHourBeforeUntilTheEnd(
            AppointmentStatus status, int minutes, @Nullable String refused) {
        Appointment appointment = appointment("a").setStatus(status);
        Instant now = START.plus(Duration.ofMinutes(minutes));
        if (refused == null) {
            assertThatCode(() -> rooms(URL, "DE").demandOpen(appointment, now)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> rooms(URL, "DE").demandOpen(appointment, now))
                    .hasMessageContaining("SN-VIDEO-002");
        }
    }

    @Test
    void anAppointmentWithoutAnEndHasNoRoom() {
        Appointment endless = appointment("a").setEnd(null);
        assertThatThrownBy(() -> rooms(URL, "DE").demandOpen(endless, START)).hasMessageContaining("SN-VIDEO-002");
    }

    @Test
    void withoutAVideoServiceNobodyIsLedAnywhere() {
        VideoRooms rooms = rooms(null, "DE");
        assertThatThrownBy(rooms::decide).hasMessageContaining("SN-VIDEO-001");
        assertThatThrownBy(() -> rooms.link(appointment("a"), caller("x"), START))
                .hasMessageContaining("SN-VIDEO-001");
    }

    @Test
    void aServiceMustBeRegisteredInsideTheTierOnTheDay() {
        assertThat(rooms(URL, "DE").decide()).isInstanceOf(Decision.Permit.class);
        assertThat(rooms(URL, "US").decide()).isInstanceOf(Decision.Deny.class);
        assertThat(rooms("https://elsewhere.example.org/room", "DE").decide()).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void aTokenLivesMinutesAndNeverLongerThanTheAppointment() throws Exception {
        VideoRooms rooms = rooms(URL, "DE");
        Instant late = START.plus(Duration.ofMinutes(18));
        assertThat(rooms.link(appointment("a"), caller("x"), START).expires())
                .isEqualTo(START.plus(VideoRooms.LIFETIME));
        VideoRooms.Link last = rooms.link(appointment("a"), caller("x"), late);
        assertThat(last.expires()).isEqualTo(START.plus(Duration.ofMinutes(20)));
        assertThat(claims(last).getExpirationTime().toInstant()).isEqualTo(last.expires());
        assertThat(claims(last).getNotBeforeTime().toInstant()).isEqualTo(late);
    }

    @Test
    void whoMeetsIsInOneRoomAndNobodyElseIs() throws Exception {
        VideoRooms rooms = rooms(URL, "DE");
        JWTClaimsSet one = claims(rooms.link(appointment("a"), caller("x"), START));
        JWTClaimsSet again = claims(rooms.link(appointment("a"), caller("x"), START));
        JWTClaimsSet other = claims(rooms.link(appointment("a"), caller("y"), START));
        JWTClaimsSet elsewhere = claims(rooms.link(appointment("b"), caller("x"), START));
        assertThat(other.getClaim("room")).isEqualTo(one.getClaim("room"));
        assertThat(elsewhere.getClaim("room")).isNotEqualTo(one.getClaim("room"));
        assertThat(again.getSubject()).isEqualTo(one.getSubject());
        assertThat(again.getJWTID()).isNotEqualTo(one.getJWTID());
        assertThat(Set.of(other.getSubject(), elsewhere.getSubject())).doesNotContain(one.getSubject());
        JWTClaimsSet otherService =
                claims(rooms("https://video.example.org/other", "DE").link(appointment("a"), caller("x"), START));
        assertThat(otherService.getClaim("room")).isNotEqualTo(one.getClaim("room"));
    }

    @Test
    void aKeyThatComesWhileTheRoomIsOpenDoesNotPartThem() throws Exception {
        VideoRooms rooms = rooms(URL, "DE");
        Object before = claims(rooms.link(appointment("a"), caller("x"), START)).getClaim("room");
        PurposeKeys.rotate(home, KeyPurpose.PSEUDONYM, at(START.minus(Duration.ofMinutes(5))));
        VideoRooms later = rooms(URL, "DE");
        assertThat(claims(later.link(appointment("a"), caller("y"), START)).getClaim("room"))
                .isEqualTo(before);
        Appointment tomorrow = appointment("a");
        tomorrow.setStart(Date.from(START.plus(Duration.ofDays(1))));
        tomorrow.setEnd(Date.from(START.plus(Duration.ofDays(2))));
        assertThat(claims(later.link(tomorrow, caller("y"), START)).getClaim("room"))
                .isNotEqualTo(before);
    }

    private static JWTClaimsSet claims(VideoRooms.Link link) throws ParseException {
        String start = URL.substring(0, URL.lastIndexOf('/'));
        assertThat(link.url()).startsWith(start).contains("#token=").doesNotContain("?");
        return SignedJWT.parse(link.url().replaceFirst(".*#token=", "")).getJWTClaimsSet();
    }

    private static Appointment appointment(String id) {
        Appointment appointment = new Appointment();
        appointment.setId("Appointment/" + id);
        return appointment
                .setStatus(AppointmentStatus.BOOKED)
                .setStart(Date.from(START))
                .setEnd(Date.from(START.plus(Duration.ofMinutes(20))));
    }

    private static Caller caller(String subject) {
        return new Caller(
                CallerKind.PATIENT,
                "app",
                subject,
                "token",
                null,
                "DE",
                null,
                Purpose.TREAT,
                "Patient/p",
                "p",
                Scopes.parse(""),
                Set.of());
    }

    private VideoRooms rooms(@Nullable String url, String country) {
        Clock clock = at(START.minus(Duration.ofDays(1)));
        return new VideoRooms(
                new VideoProperties(url, Duration.ofMinutes(15)),
                "https://fhir.example.org/fhir",
                registry(country, clock),
                PurposeKeys.open(home, clock));
    }

    private static EndpointRegistry registry(String country, Clock clock) {
        try {
            return new EndpointRegistry(ResidencyReader.read("""
                    {"version": 1, "tier": "EU27", "site": {"country": "DE", "operator": "o", "declared": true},
                     "endpoints": [
                       {"purpose": "video", "host": "video.example.org", "country": "%s", "operator": "o"},
                       {"purpose": "subscription", "host": "elsewhere.example.org", "country": "DE", "operator": "o"}],
                     "adequacy": []}
                    """.formatted(country)), EndpointPurpose.VIDEO, clock);
        } catch (UnreadableDocumentException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }
}
