package eu.sinusnode.keycloak.testkit.smart;

import static eu.sinusnode.keycloak.testkit.smart.SmartWorld.PATIENT_A;
import static eu.sinusnode.keycloak.testkit.smart.SmartWorld.PATIENT_B;
import static eu.sinusnode.keycloak.testkit.smart.SmartWorld.STANDALONE_SCOPES;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.testkit.KeycloakExtension;
import eu.sinusnode.keycloak.testkit.TestKeycloak;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An app that starts by itself: own record for patients, the picker for clinicians, nothing for others. */
@ExtendWith(KeycloakExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandaloneLaunchIT {

    private static final String USER = "clinician-1";

    private final SmartWorld world;
    private final Browser browser;

    StandaloneLaunchIT(TestKeycloak keycloak) throws IOException {
        world = new SmartWorld(keycloak, new Launches(keycloak));
        browser = new Browser(keycloak);
    }

    @BeforeAll
    void logIn() {
        assertThat(browser.open(world.tab().request("openid", Map.of()), USER).back())
                .containsKey("code");
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void aClinicianChoosesAmongThePatientsThatTheServerLists() {
        SmartApp tab = world.tab();
        Browser.Place page = browser.get(tab.request(STANDALONE_SCOPES, Map.of()));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("Choose a patient", "Ada Alpha, born Mar 4, 1951", "Ada Beta")
                .contains("lang=\"en\"");
        assertThat(page.body()).contains("<label for=\"name\"");

        Browser.Place found = browser.submit(page, Map.of("name", "Bet"));
        assertThat(found.body())
                .contains("Ada Beta")
                .doesNotContain("Ada Alpha")
                .contains("value=\"Bet\"");
        SmartApp.Answer answer = tab.redeem(browser.submit(found, Map.of("patient", PATIENT_B)));
        assertThat(answer.text("patient")).isEqualTo(PATIENT_B);
        assertThat(answer.accessToken()).containsEntry("patient", PATIENT_B);
        assertThat(tab.refresh(answer).text("patient")).isEqualTo(PATIENT_B);
    }

    @Test
    void theServerIsAskedWithTheUsersOwnShortToken() {
        browser.get(world.tab().request(STANDALONE_SCOPES, Map.of()));
        String token = world.fhir.tokens().get(world.fhir.tokens().size() - 1);
        Map<String, Object> claims = SmartApp.claims(token);
        assertThat(claims)
                .containsEntry("sub", Launches.subject(USER))
                .containsEntry("scope", "user/Patient.rs")
                .containsEntry("caller_kind", "clinician")
                .containsEntry("purpose_of_use", "TREAT")
                .hasEntrySatisfying("aud", audiences -> assertThat(audiences)
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .containsExactlyInAnyOrder(TestKeycloak.FHIR_BASE.toString(), "fhir-server"))
                .containsEntry("iss", world.keycloak.issuer().uri().toString())
                .containsKeys("organization", "jurisdiction", "fhirUser", "jti")
                .doesNotContainKey("patient");
        assertThat(SmartApp.seconds(claims, "exp") - SmartApp.seconds(claims, "iat"))
                .isLessThanOrEqualTo(60);
        assertThat(world.tab().introspect(token).body().path("active").asBoolean(false))
                .as("the FHIR server's question whether it still stands")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cccccccc-0000-4000-8000-00000000000c",
                "../Patient/aaaaaaaa-0000-4000-8000-00000000000a",
                "..",
                "?name=Alpha",
                "a'b\"<script>"
            })
    void anIdThatTheServerDoesNotShowThisUserIsRefused(String id) {
        Browser.Place page = browser.get(world.tab().request(STANDALONE_SCOPES, Map.of()));
        Browser.Place refused = browser.submit(page, Map.of("patient", id));
        assertThat(refused.isBackAtApp()).isFalse();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("not available to you").doesNotContain("<script>a");
    }

    @Test
    void aNameIsShownAndNotRun() {
        world.fhir.patient("dddddddd-0000-4000-8000-00000000000d", "<img src=x onerror=alert(1)>");
        Browser.Place page = browser.get(world.tab().request(STANDALONE_SCOPES, Map.of()));
        assertThat(page.body()).contains("&lt;img src=x").doesNotContain("<img src=x");
        Browser.Place searched = browser.submit(page, Map.of("name", "\"><script>alert(1)</script>"));
        assertThat(searched.body()).doesNotContain("<script>alert(1)").contains("No patient was found");
    }

    @Test
    void withoutTheServerNobodyIsChosen() {
        SmartApp tab = world.tab();
        Browser.Place page = browser.get(tab.request(STANDALONE_SCOPES, Map.of()));
        Browser.Place refused;
        Browser.Place unavailable;
        world.fhir.down(true);
        try {
            unavailable = browser.get(world.tab().request(STANDALONE_SCOPES, Map.of()));
            refused = browser.submit(page, Map.of("patient", PATIENT_A));
        } finally {
            world.fhir.down(false);
        }
        assertThat(List.of(unavailable.status(), refused.status())).containsOnly(503);
        assertThat(unavailable.body())
                .contains("cannot be listed now", "Try again")
                .doesNotContain("Alpha");
        assertThat(refused.isBackAtApp()).isFalse();
        Browser.Place again = browser.submit(refused, Map.of("name", ""));
        assertThat(again.body()).contains("Ada Alpha");
        assertThat(tab.redeem(browser.submit(again, Map.of("patient", PATIENT_A)))
                        .text("patient"))
                .isEqualTo(PATIENT_A);
    }

    @Test
    void thePageSpeaksGerman() {
        Browser.Place page = browser.get(world.tab().request(STANDALONE_SCOPES, Map.of("ui_locales", "de")));
        assertThat(page.body()).contains("Patientin oder Patienten wählen", "geboren am 04.03.1951", "lang=\"de\"");
    }

    @Test
    void cancelledMeansNo() {
        Browser.Place page = browser.get(world.tab().request(STANDALONE_SCOPES, Map.of()));
        assertThat(browser.submit(page, Map.of("cancel", "true")).back())
                .containsEntry("error", "access_denied")
                .doesNotContainKey("code");
    }

    @Test
    void aPatientGetsTheOwnRecordWithoutAPage() {
        int asked = world.fhir.questions().size();
        SmartApp app = new SmartApp(world.keycloak, DemoRegistrations.APP);
        SmartApp.Answer answer = app.redeem(new Browser(world.keycloak)
                .open(
                        app.request("openid fhirUser launch/patient offline_access patient/*.rs", Map.of()),
                        "patient-2"));
        String own = world.keycloak.directory().personas().get(1).id();
        assertThat(answer.text("patient")).isEqualTo(own);
        assertThat(answer.idToken()).containsEntry("fhirUser", "Patient/" + own);
        assertThat(answer.text("scope").split(" ")).contains("patient/*.rs", "offline_access", "launch/patient");
        assertThat(answer.body().path("refresh_expires_in").asLong(0)).isGreaterThanOrEqualTo(0);
        SmartApp.Answer next = app.refresh(answer);
        assertThat(next.text("patient")).isEqualTo(own);
        assertThat(world.fhir.questions()).hasSize(asked);
    }

    @Test
    void whoDoesNotAskForARefreshTokenGetsNone() {
        SmartApp app = new SmartApp(world.keycloak, DemoRegistrations.APP);
        SmartApp.Answer answer = app.redeem(new Browser(world.keycloak)
                .open(app.request("openid launch/patient patient/Observation.read", Map.of()), "patient-1"));
        assertThat(answer.body().has("refresh_token")).isFalse();
        assertThat(String.valueOf(answer.accessToken().get("scope")).split(" "))
                .containsExactlyInAnyOrder("openid", "launch/patient", "patient/Observation.read");
    }

    @Test
    void offlineAccessIsNotForStaff() {
        SmartApp tab = world.tab();
        SmartApp.Answer answer =
                tab.redeem(browser.get(tab.request("openid offline_access user/Patient.rs", Map.of())));
        assertThat(answer.body().has("refresh_token")).isFalse();
        assertThat(answer.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "user/Patient.rs");
    }

    @Test
    void anAuditorHasNoPatientAndSeesNoPage() {
        SmartApp tab = world.tab();
        Browser.Place place = new Browser(world.keycloak)
                .open(tab.request("openid launch/patient user/AuditEvent.rs", Map.of()), "auditor");
        SmartApp.Answer answer = tab.redeem(place);
        assertThat(answer.body().has("patient")).isFalse();
        assertThat(answer.text("scope").split(" ")).containsExactlyInAnyOrder("openid", "user/AuditEvent.rs");
    }
}
