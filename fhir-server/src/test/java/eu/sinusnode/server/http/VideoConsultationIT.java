package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.policy.access.CallerKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UrlType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** {@code $join}: links into the rooms of video consultations, and the Encounter that begins. */
@ExtendWith(OutputCaptureExtension.class)
class VideoConsultationIT extends RunningServer {

    private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    private static int wards;

    private String name = "";
    private String patient = "";
    private final String clinician = TOKENS.clinician(Records.CLINIC);

    @BeforeEach
    void aPatientOfTheClinic() {
        name = "video-" + wards++;
        patient = Ward.open(name);
        load(Records.transaction(service("service", Records.CLINIC, "VR")));
    }

    private String id(String what) {
        return Records.id(name + "-" + what);
    }

    private HealthcareService service(String what, String organization, String characteristic) {
        HealthcareService service = new HealthcareService();
        service.setId(id(what));
        service.setActive(true).setName("Consultation").setProvidedBy(new Reference("Organization/" + organization));
        service.addCharacteristic().addCoding(new Coding(ACT_CODE, characteristic, null));
        return service;
    }

    /** @param minutes from now until it begins; it lasts 20 */
    private String appointment(int minutes, AppointmentStatus status, String... actors) {
        Appointment appointment = new Appointment();
        appointment.setId(id("appointment"));
        Instant start = Instant.now().plus(Duration.ofMinutes(minutes));
        appointment.setStatus(status).setStart(Date.from(start)).setEnd(Date.from(start.plusSeconds(20 * 60)));
        appointment
                .addParticipant()
                .setActor(new Reference("Patient/" + patient))
                .setStatus(ParticipationStatus.ACCEPTED);
        for (String actor : actors) {
            appointment.addParticipant().setActor(new Reference(actor)).setStatus(ParticipationStatus.ACCEPTED);
        }
        load(Records.transaction(appointment));
        return id("appointment");
    }

    private String booked() {
        return appointment(5, AppointmentStatus.BOOKED, "HealthcareService/" + id("service"));
    }

    private static Answer join(String appointment, String token) {
        return post("/Appointment/" + appointment + "/$join", token, new Parameters());
    }

    private static Parameters joined(String appointment, String token) {
        Answer answer = join(appointment, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        return (Parameters) answer.resource();
    }

    private static String url(Parameters joined) {
        return ((UrlType) joined.getParameter("url").getValue()).getValue();
    }

    private static SignedJWT token(Parameters joined) throws Exception {
        return SignedJWT.parse(url(joined).substring((VIDEO + "#token=").length()));
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.codes()).containsExactly(code);
        assertThat(answer.body()).doesNotContain("token=").doesNotContain(VIDEO);
        assertThat(Audited.by(answer)).isNotEmpty();
    }

    private List<Encounter> encounters() {
        return get("/Encounter?class=VR&patient=" + patient, clinician).bundle().getEntry().stream()
                .map(entry -> (Encounter) entry.getResource())
                .toList();
    }

    @Test
    void patientAndClinicianMeetInOneRoom() throws Exception {
        String appointment = booked();
        String daughter = id("daughter");
        load(Records.transaction(
                WalkWorld.daughter(daughter, patient, new Period().setStartElement(new DateTimeType("2020-01-01")))));
        Parameters ofPatient = joined(appointment, TOKENS.patient(patient));
        assertThat(ofPatient.getParameter("encounter")).isNull();
        assertThat(encounters()).as("who waits alone meets nobody").isEmpty();
        Parameters ofDaughter = joined(appointment, WalkWorld.representative(daughter, patient));
        Parameters ofClinician = joined(appointment, clinician);

        JWKSet keys =
                JWKSet.parse(get(ORIGIN + "/.well-known/video-jwks.json", null).body());
        assertThat(keys.containsNonPublicKeys()).isFalse();
        for (Parameters each : List.of(ofPatient, ofDaughter, ofClinician)) {
            assertThat(url(each)).startsWith(VIDEO + "#token=");
            SignedJWT token = token(each);
            assertThat(token.verify(new ECDSAVerifier(
                            keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                    .isTrue();
            JWTClaimsSet claims = token.getJWTClaimsSet();
            assertThat(claims.getClaims().keySet())
                    .containsExactlyInAnyOrder("iss", "aud", "sub", "room", "role", "jti", "iat", "nbf", "exp");
            assertThat(claims.getIssuer()).isEqualTo(BASE);
            assertThat(claims.getAudience()).containsExactly(VIDEO);
            assertThat(claims.getExpirationTime().toInstant())
                    .isBeforeOrEqualTo(Instant.now().plus(Duration.ofMinutes(5)))
                    .isEqualTo(((InstantType) each.getParameter("expires").getValue())
                            .getValue()
                            .toInstant()
                            .truncatedTo(ChronoUnit.SECONDS));
            assertThat(claims.toString())
                    .as("no record")
                    .doesNotContain(patient, appointment, Records.PRACTITIONER, Records.CLINIC, daughter, "Brandt");
        }
        assertThat(List.of(ofPatient, ofDaughter, ofClinician))
                .extracting(each -> token(each).getJWTClaimsSet().getStringClaim("role"))
                .containsExactly("patient", "representative", "clinician");
        assertThat(List.of(ofPatient, ofDaughter, ofClinician))
                .extracting(each -> token(each).getJWTClaimsSet().getStringClaim("room"))
                .containsOnly(token(ofPatient).getJWTClaimsSet().getStringClaim("room"));
        assertThat(List.of(ofPatient, ofDaughter, ofClinician))
                .extracting(each -> token(each).getJWTClaimsSet().getSubject())
                .doesNotHaveDuplicates();
    }

    @Test
    void theEncounterBeginsOnceWhenAClinicianJoins() throws Exception {
        String appointment = booked();
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<Answer> answers = AtOnce.answers(8, i -> join(appointment, clinician));
        assertThat(answers).extracting(Answer::status).containsOnly(200);
        Encounter encounter = encounters().stream().findFirst().orElseThrow();
        assertThat(encounters()).hasSize(1);
        assertThat(encounter.getMeta().getVersionId()).isEqualTo("1");
        assertThat(encounter.getStatus()).isEqualTo(EncounterStatus.INPROGRESS);
        assertThat(encounter.getClass_().getCode()).isEqualTo("VR");
        assertThat(encounter.getAppointmentFirstRep().getReference()).isEqualTo("Appointment/" + appointment);
        assertThat(encounter.getServiceProvider().getReference()).isEqualTo("Organization/" + Records.CLINIC);
        assertThat(encounter.getParticipantFirstRep().getIndividual().getReference())
                .isEqualTo("Practitioner/" + Records.PRACTITIONER);
        assertThat(encounter.getPeriod().getStart().toInstant()).isBetween(before, Instant.now());
        assertThat(answers.stream()
                        .map(answer -> ((Reference) ((Parameters) answer.resource())
                                        .getParameter("encounter")
                                        .getValue())
                                .getReference())
                        .collect(Collectors.toSet()))
                .containsExactly("Encounter/" + encounter.getIdElement().getIdPart());
        assertThat(post("/Encounter/$validate", clinician, encounter).body()).doesNotContain("\"error\"");

        encounter.setStatus(EncounterStatus.FINISHED).getPeriod().setEnd(new Date());
        assertThat(put("/Encounter/" + encounter.getIdElement().getIdPart(), clinician, encounter)
                        .status())
                .isEqualTo(200);
        joined(appointment, clinician);
        assertThat(encounters())
                .as("what the clinic says of it stays")
                .extracting(Encounter::getStatus)
                .containsExactly(EncounterStatus.FINISHED);
    }

    @Test
    void aRoomOpensForBookedVideoConsultationsAtTheirTime() {
        String service = "HealthcareService/" + id("service");
        for (String token : List.of(TOKENS.patient(patient), clinician)) {
            assertRefused(join(appointment(17, AppointmentStatus.BOOKED, service), token), 409, "SN-VIDEO-002");
            assertRefused(join(appointment(-21, AppointmentStatus.BOOKED, service), token), 409, "SN-VIDEO-002");
            assertRefused(join(appointment(5, AppointmentStatus.CANCELLED, service), token), 409, "SN-VIDEO-002");
            assertRefused(join(appointment(5, AppointmentStatus.PROPOSED, service), token), 409, "SN-VIDEO-002");
            load(Records.transaction(service("service", Records.CLINIC, "AMB")));
            assertRefused(join(booked(), token), 422, "SN-VIDEO-003");
            load(Records.transaction(service("service", Records.CLINIC, "VR")));
        }
        assertThat(encounters()).isEmpty();
        assertRefused(
                post(
                        "/Appointment/" + booked() + "/$join",
                        clinician,
                        new Parameters().addParameter("room", new StringType("mine"))),
                400,
                "SN-APPOINTMENT-001");
    }

    @Test
    void somebodyElsesAppointmentIsUnknown() {
        String appointment = booked();
        for (String token : List.of(
                TOKENS.patient(Ward.open(name + "-other")),
                TOKENS.clinician(Records.INSURER),
                TOKENS.clinician(Records.CENTRE))) {
            Answer hidden = join(appointment, token);
            Answer unknown = join(Records.id("no such appointment"), token);
            assertThat(hidden.status()).as(hidden.body()).isEqualTo(404);
            assertThat(hidden.body().replace(appointment, "ID"))
                    .isEqualTo(unknown.body().replace(Records.id("no such appointment"), "ID"));
        }
        Consent consent = Ward.consent(name);
        consent.setStatus(Consent.ConsentState.INACTIVE);
        load(Records.transaction(consent));
        assertThat(join(appointment, clinician).status()).isEqualTo(404);
        joined(appointment, TOKENS.patient(patient));
        assertThat(join(appointment, TOKENS.clinicSystem(Records.CLINIC)).codes())
                .containsExactly("SN-OPERATION-001");
    }

    @Test
    void aClinicianTakesPartInAppointmentsOfTheOwnClinic() {
        load(Records.transaction(service("elsewhere", Records.CENTRE, "VR")));
        assertRefused(
                join(appointment(5, AppointmentStatus.BOOKED, "HealthcareService/" + id("elsewhere")), clinician),
                403,
                "SN-VIDEO-004");
        String service = "HealthcareService/" + id("service");
        String me = "Practitioner/" + Records.PRACTITIONER;
        joined(appointment(5, AppointmentStatus.BOOKED, service, me), clinician);
        String colleague = id("colleague");
        var other = Records.practitioner();
        other.setId(colleague);
        load(Records.transaction(other));
        assertRefused(
                join(appointment(5, AppointmentStatus.BOOKED, service, "Practitioner/" + colleague), clinician),
                403,
                "SN-VIDEO-004");
    }

    /** What break-glass opens is for reading alone. */
    @Test
    void whoMayDocumentNothingDoesNotJoin() {
        patient = Ward.hidden(name + "-hidden");
        String appointment = booked();
        assertThat(join(appointment, clinician).status()).isEqualTo(404);
        Parameters emergency = new Parameters()
                .addParameter("reason", new CodeType("ETREAT"))
                .addParameter("text", new StringType("Unconscious after a collapse, heart rate 180."));
        Answer opened = post("/Patient/" + patient + "/$break-glass", clinician, emergency);
        assertThat(opened.status()).as(opened.body()).isEqualTo(200);
        assertRefused(join(appointment, clinician), 403, "SN-VIDEO-004");
        joined(appointment, TOKENS.patient(patient));
        assertThat(encounters()).isEmpty();
    }

    @Test
    void scopesAreNeededToReadTheAppointmentAndToWriteTheEncounter() {
        String appointment = booked();
        for (String scope : List.of("user/Encounter.c", "user/Appointment.r")) {
            String token = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                    .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                    .claim("scope", scope));
            assertRefused(join(appointment, token), 403, "SN-SCOPE-001");
        }
        assertThat(encounters()).isEmpty();
        joined(appointment, TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/Appointment.r user/Encounter.c")));
    }

    @Test
    void neitherLinkNorTokenIsWrittenDown(CapturedOutput output) throws Exception {
        String appointment = booked();
        Answer answer = join(appointment, clinician);
        SignedJWT token = token((Parameters) answer.resource());
        List<AuditEvent> events = Audited.by(answer);
        assertThat(events).anySatisfy(event -> assertThat(event.getEntity().stream()
                        .map(entity -> String.valueOf(entity.getWhat().getReference()))
                        .collect(Collectors.toSet()))
                .anyMatch(what -> what.startsWith("Appointment/" + appointment))
                .anyMatch(what -> what.startsWith("Encounter/")));
        Set<String> secrets = Set.of(
                token.getSignature().toString(),
                token.getPayload().toBase64URL().toString(),
                token.getJWTClaimsSet().getStringClaim("room"),
                token.getJWTClaimsSet().getJWTID(),
                VIDEO);
        for (String secret : secrets) {
            assertThat(events.stream().map(RunningServer::json).collect(Collectors.joining()))
                    .doesNotContain(secret);
            assertThat(output.getAll()).doesNotContain(secret);
        }
        assertThat(answer.header("Location")).isEmpty();
    }
}
