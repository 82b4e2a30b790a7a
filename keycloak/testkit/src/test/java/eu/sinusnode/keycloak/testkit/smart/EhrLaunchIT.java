package eu.sinusnode.keycloak.testkit.smart;

import static eu.sinusnode.keycloak.testkit.smart.SmartWorld.EHR_SCOPES;
import static eu.sinusnode.keycloak.testkit.smart.SmartWorld.PATIENT_A;
import static eu.sinusnode.keycloak.testkit.smart.SmartWorld.PATIENT_B;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.testkit.KeycloakExtension;
import eu.sinusnode.keycloak.testkit.TestKeycloak;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An app that a portal starts: the patient of the launch, for its user alone, once, and by no other way. */
@ExtendWith(KeycloakExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EhrLaunchIT {

    private static final String USER = "clinician-1";
    private static final String APP = DemoRegistrations.STAFF_APP;

    private final SmartWorld world;
    private final Launches launches;
    /** Logged in once; every further launch finds the session. */
    private final Browser browser;

    EhrLaunchIT(TestKeycloak keycloak) throws IOException {
        launches = new Launches(keycloak);
        world = new SmartWorld(keycloak, launches);
        browser = new Browser(keycloak);
    }

    @BeforeAll
    void logIn() {
        Browser.Place place = browser.open(world.tab().request("openid", Map.of()), USER);
        assertThat(place.back()).containsKey("code");
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void thePatientIsInTokenAndAnswer() {
        SmartApp tab = world.tab();
        Browser.Place place = world.launch(new Browser(world.keycloak), tab, USER, PATIENT_A);
        SmartApp.Answer answer = tab.redeem(place);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("patient")).isEqualTo(PATIENT_A);
        assertThat(answer.body().path("need_patient_banner").asBoolean(false)).isTrue();
        assertThat(answer.body().has("encounter")).isFalse();
        assertThat(answer.text("scope").split(" ")).containsExactlyInAnyOrder(EHR_SCOPES.split(" "));
        assertThat(answer.accessToken())
                .containsEntry("patient", PATIENT_A)
                .containsEntry("caller_kind", "clinician")
                .hasEntrySatisfying("aud", audiences -> assertThat(audiences)
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .containsExactlyInAnyOrder(TestKeycloak.FHIR_BASE.toString(), "fhir-server"));
        assertThat(answer.idToken())
                .containsEntry(
                        "fhirUser",
                        "Practitioner/"
                                + world.keycloak
                                        .directory()
                                        .practitioners()
                                        .get(0)
                                        .id());

        SmartApp.Answer next = tab.refresh(answer);
        assertThat(next.text("patient")).isEqualTo(PATIENT_A);
        assertThat(next.accessToken()).containsEntry("patient", PATIENT_A);
        assertThat(tab.refresh(next).text("patient")).isEqualTo(PATIENT_A);
    }

    @Test
    void anEncounterComesAlong() {
        SmartApp tab = world.tab();
        String launch = Launches.signed(
                launches.claims(USER, APP, PATIENT_A, claims -> claims.claim("encounter", "e-1")), launches.key());
        SmartApp.Answer answer = tab.redeem(browser.get(tab.request(EHR_SCOPES, Map.of("launch", launch))));
        assertThat(answer.text("encounter")).isEqualTo("e-1");
        SmartApp later = world.tab();
        SmartApp.Answer without = later.redeem(world.launch(browser, later, USER, PATIENT_A));
        assertThat(without.text("patient")).isEqualTo(PATIENT_A);
        assertThat(without.body().has("encounter"))
                .as("another launch's encounter")
                .isFalse();
    }

    @Test
    void introspectionSaysWhatSmartAsksFor() {
        SmartApp tab = world.tab();
        SmartApp.Answer answer = tab.redeem(world.launch(browser, tab, USER, PATIENT_A));
        SmartApp.Answer standing = tab.introspect(answer.text("access_token"));
        assertThat(standing.body().path("active").asBoolean(false)).isTrue();
        assertThat(standing.text("client_id")).isEqualTo(APP);
        assertThat(standing.text("patient")).isEqualTo(PATIENT_A);
        assertThat(standing.text("scope").split(" ")).contains("launch", "patient/Observation.rs");
        assertThat(standing.body().path("exp").asLong(0)).isEqualTo(SmartApp.seconds(answer.accessToken(), "exp"));
    }

    @Test
    void whatIsRevokedIsOver() {
        SmartApp tab = world.tab();
        SmartApp.Answer answer = tab.redeem(world.launch(new Browser(world.keycloak), tab, "clinician-2", PATIENT_A));
        assertThat(tab.revoke(answer.text("refresh_token")).status()).isEqualTo(200);
        SmartApp.Answer refused = tab.refresh(answer);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("error")).isEqualTo("invalid_grant");
        assertThat(tab.introspect(answer.text("access_token"))
                        .body()
                        .path("active")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void aLaunchIsGoodOnce() {
        String launch = launches.good(USER, APP, PATIENT_A);
        SmartApp tab = world.tab();
        assertThat(browser.get(tab.request(EHR_SCOPES, Map.of("launch", launch)))
                        .back())
                .containsKey("code");
        assertInvalidRequest(
                browser.get(world.tab().request(EHR_SCOPES, Map.of("launch", launch))), "launch has been used before");
    }

    @Test
    void aLaunchOfAnotherUserOpensNothing() {
        String stolen = launches.good("clinician-2", APP, PATIENT_A);
        Browser.Place place = browser.get(world.tab().request(EHR_SCOPES, Map.of("launch", stolen)));
        assertThat(place.isBackAtApp()).isFalse();
        assertThat(place.status()).isEqualTo(403);
        assertThat(place.body()).contains("started by another user");
    }

    @Test
    void aPatientIsNotLaunchedIntoAnotherRecord() {
        SmartApp app = new SmartApp(world.keycloak, DemoRegistrations.APP);
        String launch = launches.good("patient-1", DemoRegistrations.APP, PATIENT_B);
        Browser.Place place =
                new Browser(world.keycloak).open(app.request("openid launch", Map.of("launch", launch)), "patient-1");
        assertThat(place.status()).isEqualTo(403);
        assertThat(place.body()).contains("a record that is not yours");
    }

    Stream<Arguments> badLaunches() {
        Instant now = Instant.now();
        return Stream.of(
                changed("has expired", claims -> claims.issueTime(Date.from(now.minusSeconds(120)))
                        .expirationTime(Date.from(now.minusSeconds(60)))),
                changed("lives too long", claims -> claims.expirationTime(Date.from(now.plusSeconds(600)))),
                changed("not valid yet", claims -> claims.issueTime(Date.from(now.plusSeconds(300)))
                        .expirationTime(Date.from(now.plusSeconds(330)))),
                changed("another issuer", claims -> claims.issuer("https://fhir.example/fhir")),
                changed("another authorization server", claims -> claims.audience("https://login.example")),
                changed("another client", claims -> claims.claim("client_id", "sinusnode-app")),
                changed("names no user", claims -> claims.subject(null)),
                changed("names no patient", claims -> claims.claim("patient", "../Patient/1")),
                changed("no jti", claims -> claims.jwtID(null)),
                changed("no exp", claims -> claims.expirationTime(null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badLaunches")
    void aLaunchThatDoesNotSayWhatItMustOpensNothing(String why, String launch) {
        assertInvalidRequest(browser.get(world.tab().request(EHR_SCOPES, Map.of("launch", launch))), why);
    }

    Stream<Arguments> forgedLaunches() throws JOSEException {
        JWTClaimsSet claims = launches.claims(USER, APP, PATIENT_B, same -> same);
        String good = launches.good(USER, APP, PATIENT_A);
        ECKey stranger = Launches.generate();
        ECKey withOurId =
                new ECKey.Builder(stranger).keyID(launches.key().getKeyID()).build();
        byte[] publicKey = launches.key().toECPublicKey().getEncoded();
        SignedJWT symmetric = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("launch+jwt"))
                        .keyID(launches.key().getKeyID())
                        .build(),
                claims);
        symmetric.sign(new MACSigner(publicKey));
        String body = base64(claims.toString());
        String head = base64("{\"alg\":\"none\",\"typ\":\"launch+jwt\",\"kid\":\""
                + launches.key().getKeyID() + "\"}");
        String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        return Stream.of(
                Arguments.of("unknown key", Launches.signed(claims, stranger)),
                Arguments.of("stolen key id", Launches.signed(claims, withOurId)),
                Arguments.of("HS256 with the public key", symmetric.serialize()),
                Arguments.of("alg none", head + "." + body + "."),
                Arguments.of("alg none, with a signature", head + "." + body + "." + zeros),
                Arguments.of("zeros as signature", good.split("\\.")[0] + "." + body + "." + zeros),
                Arguments.of("other claims", good.split("\\.")[0] + "." + body + "." + good.split("\\.")[2]),
                Arguments.of("another typ", Launches.signed(claims, launches.key(), "JWT")),
                Arguments.of("a patient's id", PATIENT_B),
                Arguments.of("too long", good + "A".repeat(1400)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgedLaunches")
    void aForgedLaunchOpensNothing(String how, String launch) {
        assertInvalidRequest(browser.get(world.tab().request(EHR_SCOPES, Map.of("launch", launch))), "launch ");
    }

    @Test
    void launchAndItsScopeGoTogether() {
        assertInvalidRequest(browser.get(world.tab().request(EHR_SCOPES, Map.of())), "needs the parameter launch");
        assertInvalidRequest(
                browser.get(world.tab().request("openid", Map.of("launch", launches.good(USER, APP, PATIENT_A)))),
                "needs scope launch");
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "https://fhir.example/fhir",
        "http://127.0.0.1:8080",
        "http://127.0.0.1:8080/fhir/x",
        "HTTP://127.0.0.1:8080/FHIR"
    })
    void aRequestForAnotherServerIsRefused(String audience) {
        assertInvalidRequest(
                browser.get(world.tab().request("openid user/Patient.rs", Map.of("aud", audience))),
                "aud must be " + TestKeycloak.FHIR_BASE);
    }

    @Test
    void theServersNameMayEndWithASlash() {
        assertThat(browser.get(world.tab().request("openid", Map.of("aud", TestKeycloak.FHIR_BASE + "/")))
                        .back())
                .containsKey("code");
    }

    @Test
    void noOtherParameterNamesThePatient() {
        SmartApp tab = world.tab();
        Browser.Place place = browser.get(tab.request(
                "openid online_access user/Patient.rs",
                Map.of(
                        "patient", PATIENT_B,
                        "sinusnode.context.patient", PATIENT_B,
                        "sinusnode.launch.patient", PATIENT_B,
                        "launch_patient", PATIENT_B)));
        SmartApp.Answer answer = tab.redeem(place);
        assertThat(answer.body().has("patient")).isFalse();
        assertThat(answer.accessToken()).doesNotContainKey("patient");
    }

    @Test
    void codesWithoutPkceOrWithPlainAreRefused() {
        assertThat(browser.get(world.tab().request("openid", Map.of("code_challenge", "", "code_challenge_method", "")))
                        .back())
                .containsEntry("error", "invalid_request");
        assertThat(browser.get(world.tab().request("openid", Map.of("code_challenge_method", "plain")))
                        .back())
                .containsEntry("error", "invalid_request");
    }

    private Arguments changed(String why, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(why, Launches.signed(launches.claims(USER, APP, PATIENT_A, change), launches.key()));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertInvalidRequest(Browser.Place place, String why) {
        assertThat(place.back()).as(place.body()).doesNotContainKey("code").containsEntry("error", "invalid_request");
        assertThat(place.back().get("error_description")).contains(why);
    }
}
