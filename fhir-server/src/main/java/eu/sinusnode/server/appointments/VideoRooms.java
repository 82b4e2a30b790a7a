package eu.sinusnode.server.appointments;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.minimisation.Pseudonyms;
import eu.sinusnode.server.configuration.VideoProperties;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKey;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.residency.EndpointRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.jspecify.annotations.Nullable;

/**
 * Links into rooms of the configured video service. A link's token, a compact ES256 JWS of type {@code video+jwt}, stands in
 * the fragment, which no browser sends: it stays out of the logs of whatever lies between. It names room and person by
 * pseudonyms that are the video service's alone, and no record.
 */
final class VideoRooms {

    static final Duration LIFETIME = Duration.ofMinutes(5);
    static final JOSEObjectType TYPE = new JOSEObjectType("video+jwt");

    private static final Set<AppointmentStatus> MEETING =
            EnumSet.of(AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED, AppointmentStatus.CHECKEDIN);

    private final VideoProperties video;
    private final String fhirBase;
    private final EndpointRegistry endpoints;
    private final PurposeKeys keys;

    /**
     * A way into a room.
     *
     * @param url with the token in its fragment: for this caller alone
     * @param expires until when it may be used
     */
    record Link(String url, Instant expires) {}

    /**
     * @param fhirBase the tokens' {@code iss}
     * @param endpoints of purpose {@code video}
     */
    VideoRooms(VideoProperties video, String fhirBase, EndpointRegistry endpoints, PurposeKeys keys) {
        this.video = video;
        this.fhirBase = fhirBase;
        this.endpoints = endpoints;
        this.keys = keys;
    }

    /** Whether the video service may be used today, as the signed registry has it. */
    Decision decide() {
        return endpoints.decide(URI.create(url()));
    }

    /** @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException 409 unless it is booked, and its time */
    void demandOpen(Appointment appointment, Instant now) {
        if (!MEETING.contains(appointment.getStatus())) {
            throw closed("the appointment is not booked");
        }
        if (!appointment.hasStart() || !appointment.hasEnd()) {
            throw closed("the appointment does not say when it begins and ends");
        }
        if (now.isBefore(opening(appointment))) {
            throw closed("it is too early");
        }
        if (!now.isBefore(appointment.getEnd().toInstant())) {
            throw closed("the appointment is over");
        }
    }

    /** @param appointment one that is open */
    Link link(Appointment appointment, Caller caller, Instant now) {
        String audience = url();
        String id = appointment.getIdElement().getIdPart();
        Instant end = appointment.getEnd().toInstant();
        Instant expires = now.plus(LIFETIME).isBefore(end) ? now.plus(LIFETIME) : end;
        Pseudonyms names = Pseudonyms.of(pseudonymKey(opening(appointment)).secret("HmacSHA256"), audience);
        String token = keys.current(KeyPurpose.VIDEO)
                .sign(
                        TYPE,
                        new JWTClaimsSet.Builder()
                                .issuer(fhirBase)
                                .audience(audience)
                                .subject(names.of("Participant", id + "/" + caller.subject()))
                                .claim("room", names.of("Appointment", id))
                                .claim("role", caller.kind().claim())
                                .jwtID(UUID.randomUUID().toString())
                                .issueTime(Date.from(now))
                                .notBeforeTime(Date.from(now))
                                .expirationTime(Date.from(expires))
                                .build());
        return new Link(audience + "#token=" + token, expires);
    }

    private String url() {
        @Nullable String url = video.url();
        if (url == null) {
            throw Denials.problem(RequestProblem.VIDEO_SERVICE, "this server leads to no video service");
        }
        return url;
    }

    private Instant opening(Appointment appointment) {
        return appointment.getStart().toInstant().minus(video.opensBefore());
    }

    /** The one that was current when the room opened: a key that comes meanwhile does not part those who meet. */
    private PurposeKey pseudonymKey(Instant opening) {
        List<PurposeKey> all = keys.all(KeyPurpose.PSEUDONYM);
        return all.stream()
                .filter(key -> !key.created().isAfter(opening))
                .reduce((older, younger) -> younger)
                .orElse(all.get(0));
    }

    private static RuntimeException closed(String why) {
        return Denials.problem(RequestProblem.VIDEO_CLOSED, why);
    }
}
