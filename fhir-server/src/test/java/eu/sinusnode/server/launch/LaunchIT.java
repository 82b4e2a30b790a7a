package eu.sinusnode.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Audited;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.TestTokens;
import eu.sinusnode.server.projection.Consents;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaunchIT extends RunningServer {

    private static final String CLINICIAN = TOKENS.clinician(Records.CLINIC);

    @Test
    void aClinicianGetsATokenThatThePublishedKeyVerifies() throws Exception {
        load(Records.household("lara"));
        assertThat(launch(CLINICIAN, body(Records.id("lara"))).status())
                .as("in the care team, but without a permit")
                .isEqualTo(404);
        load(Records.transaction(consent(Records.id("lara"))));

        Answer answer = launch(CLINICIAN, body(Records.id("lara")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(Audited.by(answer)).singleElement().satisfies(event -> {
            assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._0);
            assertThat(names(event)).contains("Patient/" + Records.id("lara"));
        });
        assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        JsonNode json = new ObjectMapper().readTree(answer.body());
        assertThat(json.get("iss").textValue()).isEqualTo(BASE);
        assertThat(json.get("expires_in").intValue()).isEqualTo(60);
        SignedJWT token = SignedJWT.parse(json.get("launch").textValue());
        JWKSet keys =
                JWKSet.parse(get(ORIGIN + "/.well-known/launch-jwks.json", null).body());
        assertThat(keys.containsNonPublicKeys()).isFalse();
        assertThat(token.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                .isTrue();
        assertThat(token.getHeader().getType()).isEqualTo(LaunchTokens.TYPE);
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(BASE);
        assertThat(claims.getAudience()).containsExactly(TestTokens.ISSUER);
        assertThat(claims.getSubject())
                .isEqualTo(SignedJWT.parse(CLINICIAN).getJWTClaimsSet().getSubject());
        assertThat(claims.getStringClaim("client_id")).isEqualTo("chart-app");
        assertThat(claims.getStringClaim("patient")).isEqualTo(Records.id("lara"));
        Instant expiry = claims.getExpirationTime().toInstant();
        assertThat(Duration.between(claims.getIssueTime().toInstant(), expiry)).isEqualTo(Duration.ofSeconds(60));
        String second = launch(CLINICIAN, body(Records.id("lara"))).body();
        assertThat(SignedJWT.parse(new ObjectMapper()
                                .readTree(second)
                                .get("launch")
                                .textValue())
                        .getJWTClaimsSet()
                        .getJWTID())
                .isNotEqualTo(claims.getJWTID());
    }

    @Test
    void aHiddenPatientAnswersLikeOneThatDoesNotExist() {
        load(Records.household("mona"));
        String hidden = Records.id("mona");
        String unknown = Records.id("nobody at all");
        String foreign = TOKENS.clinician(Records.INSURER);

        Answer ofHidden = launch(foreign, body(hidden));
        Answer ofUnknown = launch(foreign, body(unknown));

        assertThat(ofHidden.status()).as(ofHidden.body()).isEqualTo(404);
        assertThat(ofUnknown.status()).isEqualTo(404);
        assertThat(ofHidden.body().replace(hidden, "ID"))
                .isEqualTo(ofUnknown.body().replace(unknown, "ID"))
                .isEqualTo(get("/Patient/" + unknown, foreign).body().replace(unknown, "ID"));
        AuditEvent known = Audited.refusal(ofHidden, "SN-RELATIONSHIP-001");
        AuditEvent guessed = Audited.refusal(ofUnknown, "HTTP-404");
        assertThat(names(known)).contains("Patient/" + hidden);
        assertThat(names(guessed)).contains("Patient/" + unknown);
    }

    @Test
    void nobodyButAClinicianWithTheScopeLaunches() {
        load(Records.household("nina"));
        String body = body(Records.id("nina"));

        assertThat(launch(null, body).status()).isEqualTo(401);
        assertThat(launch("nonsense", body).status()).isEqualTo(401);
        for (String token : new String[] {
            TOKENS.patient(Records.id("nina")),
            TOKENS.clinicSystem(Records.CLINIC),
            TOKENS.loader(),
            TOKENS.auditor(),
            TOKENS.job()
        }) {
            Answer answer = launch(token, body);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.codes()).containsExactly("SN-OPERATION-001");
            Audited.refusal(answer, "SN-OPERATION-001");
        }
        Answer overseas = launch(TOKENS.foreignInsurer(), body);
        assertThat(overseas.codes()).containsExactly("SN-RESIDENCY-001");
        String withoutScope = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/Observation.rs"));
        Answer unscoped = launch(withoutScope, body);
        assertThat(unscoped.status()).isEqualTo(403);
        assertThat(unscoped.codes()).containsExactly("SN-SCOPE-001");
        assertThat(launch(withoutScope, body(Records.id("no such patient"))).body())
                .as("a missing scope tells nothing of the patient")
                .isEqualTo(unscoped.body());
    }

    @Test
    void aMalformedBodyIsSaidToBeOne() {
        for (String body : new String[] {"", "nonsense", "{\"patient\":\"x\"}", "x".repeat(5000)}) {
            Answer answer = launch(CLINICIAN, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.codes()).containsExactly("SN-REQUEST-004");
            Audited.refusal(answer, "SN-REQUEST-004");
        }
        Answer form = send(request(ORIGIN + "/launch", CLINICIAN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("patient=x&client_id=y")));
        assertThat(form.codes()).containsExactly("SN-REQUEST-004");
        assertThat(get(ORIGIN + "/launch", CLINICIAN).status()).isEqualTo(403);
    }

    private static List<String> names(AuditEvent event) {
        return event.getEntity().stream()
                .map(entity -> entity.getWhat().getReference())
                .toList();
    }

    private static Consent consent(String patient) {
        Consent consent = Consents.denying(patient);
        consent.setId(Records.id(patient + "-consent"));
        consent.addCategory(new CodeableConcept(new Coding(Codes.LOINC, "59284-0", null)));
        consent.setDateTimeElement(new DateTimeType("2026-01-05T09:00:00+01:00"));
        consent.addPerformer(new Reference("Patient/" + patient));
        consent.addOrganization(new Reference("Organization/" + Records.CLINIC));
        consent.addPolicy().setUri("https://sinusnode.eu/policy/consent/1");
        Consents.permit(consent, Records.CLINIC, Purpose.TREAT);
        return consent;
    }

    private static String body(String patientId) {
        return "{\"patient\":\"" + patientId + "\",\"client_id\":\"chart-app\"}";
    }

    private static Answer launch(@Nullable String token, String body) {
        return send(request(ORIGIN + "/launch", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }
}
