package eu.sinusnode.keycloak.testkit.smart;

import static eu.sinusnode.keycloak.testkit.smart.SmartWorld.EHR_SCOPES;
import static eu.sinusnode.keycloak.testkit.smart.SmartWorld.PATIENT_A;
import static eu.sinusnode.keycloak.testkit.smart.SmartWorld.PATIENT_B;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.testkit.KeycloakExtension;
import eu.sinusnode.keycloak.testkit.TestKeycloak;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Patient safety: one app in two tabs of one browser, each with a patient of its own. What the first tab gets is about
 * the first patient, or nothing.
 */
@ExtendWith(KeycloakExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoTabsIT {

    private static final String USER = "clinician-1";

    private final SmartWorld world;
    private final Browser browser;

    TwoTabsIT(TestKeycloak keycloak) throws IOException {
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
    void theFirstTabsRefreshFailsAfterTheSecondPatient() {
        SmartApp first = world.tab();
        SmartApp second = world.tab();
        SmartApp.Answer ofA = first.redeem(world.launch(browser, first, USER, PATIENT_A));
        // At once: Keycloak's own comparison of whole seconds would let this one pass.
        SmartApp.Answer ofB = second.redeem(world.launch(browser, second, USER, PATIENT_B));
        assertThat(ofA.text("patient")).isEqualTo(PATIENT_A);
        assertThat(ofB.text("patient")).isEqualTo(PATIENT_B);

        assertNothing(first.refresh(ofA));
        SmartApp.Answer next = second.refresh(ofB);
        assertThat(next.text("patient")).isEqualTo(PATIENT_B);
        assertNothing(first.refresh(ofA));
        assertThat(second.refresh(next).accessToken()).containsEntry("patient", PATIENT_B);
    }

    @Test
    void itFailsMuchLaterToo() throws Exception {
        SmartApp first = world.tab();
        SmartApp second = world.tab();
        SmartApp.Answer ofA = first.redeem(world.launch(browser, first, USER, PATIENT_A));
        Thread.sleep(3_000);
        SmartApp.Answer ofB = second.redeem(world.launch(browser, second, USER, PATIENT_B));
        assertNothing(first.refresh(ofA));
        assertThat(second.refresh(ofB).text("patient")).isEqualTo(PATIENT_B);
    }

    @Test
    void aCodeThatWaitedIsWorthless() {
        SmartApp first = world.tab();
        SmartApp second = world.tab();
        Browser.Place codeOfA = world.launch(browser, first, USER, PATIENT_A);
        Browser.Place codeOfB = world.launch(browser, second, USER, PATIENT_B);
        assertNothing(first.redeem(codeOfA));
        assertThat(second.redeem(codeOfB).text("patient")).isEqualTo(PATIENT_B);
    }

    @Test
    void introspectionNeverNamesTheSecondPatientForTheFirstTabsToken() {
        SmartApp first = world.tab();
        SmartApp second = world.tab();
        SmartApp.Answer ofA = first.redeem(world.launch(browser, first, USER, PATIENT_A));
        second.redeem(world.launch(browser, second, USER, PATIENT_B));
        SmartApp.Answer standing = first.introspect(ofA.text("access_token"));
        assertThat(standing.text("patient")).isIn("", PATIENT_A);
        if (standing.body().path("active").asBoolean(false)) {
            assertThat(standing.text("patient")).isEqualTo(PATIENT_A);
        }
    }

    @Test
    void twoTabsWithOnePatientGoOnBoth() {
        SmartApp first = world.tab();
        SmartApp second = world.tab();
        Browser.Place codeOfFirst = world.launch(browser, first, USER, PATIENT_A);
        Browser.Place codeOfSecond = world.launch(browser, second, USER, PATIENT_A);
        SmartApp.Answer one = first.redeem(codeOfFirst);
        SmartApp.Answer two = second.redeem(codeOfSecond);
        assertThat(first.refresh(one).text("patient")).isEqualTo(PATIENT_A);
        assertThat(second.refresh(two).text("patient")).isEqualTo(PATIENT_A);
    }

    /** The login ends as a whole: whoever took one token from a browser may have taken others. */
    @Test
    void aTokenThatIsShownTwiceEndsBoth() {
        Browser other = new Browser(world.keycloak);
        assertThat(other.open(world.tab().request("openid", Map.of()), USER).back())
                .containsKey("code");
        SmartApp first = world.tab();
        SmartApp second = world.tab();
        SmartApp.Answer one = first.redeem(world.launch(other, first, USER, PATIENT_A));
        SmartApp.Answer two = second.redeem(world.launch(other, second, USER, PATIENT_A));
        SmartApp.Answer next = first.refresh(one);
        assertThat(next.text("patient")).isEqualTo(PATIENT_A);

        assertNothing(first.refresh(one));

        assertNothing(first.refresh(next));
        assertNothing(second.refresh(two));
        assertThat(second.introspect(two.text("access_token"))
                        .body()
                        .path("active")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void aTabWithoutPatientLeavesTheOtherOneAlone() {
        SmartApp first = world.tab();
        SmartApp plain = world.tab();
        SmartApp.Answer ofA = first.redeem(world.launch(browser, first, USER, PATIENT_A));
        SmartApp.Answer without =
                plain.redeem(browser.get(plain.request("openid online_access user/Patient.rs", Map.of())));
        assertThat(without.body().has("patient")).isFalse();
        assertThat(plain.refresh(without).accessToken()).doesNotContainKey("patient");
        assertThat(first.refresh(ofA).text("patient")).isEqualTo(PATIENT_A);
    }

    @Test
    void offlineTokensKeepToTheirPatientToo() throws Exception {
        new RealmRoles(world.keycloak).grant("clinician-2", "offline_access");
        String scopes = EHR_SCOPES.replace("online_access", "offline_access");
        Browser other = new Browser(world.keycloak);
        assertThat(other.open(world.tab().request("openid", Map.of()), "clinician-2")
                        .back())
                .containsKey("code");
        SmartApp first = world.tab();
        SmartApp second = world.tab();
        SmartApp.Answer ofA = first.redeem(other.get(first.request(scopes, launchOf(PATIENT_A))));
        assertThat(SmartApp.claims(ofA.text("access_token"))).containsEntry("patient", PATIENT_A);
        ofA = first.refresh(ofA);
        assertThat(ofA.text("patient")).as("offline refresh").isEqualTo(PATIENT_A);
        SmartApp.Answer ofB = second.redeem(other.get(second.request(scopes, launchOf(PATIENT_B))));
        assertThat(ofB.text("patient")).isEqualTo(PATIENT_B);
        assertNothing(first.refresh(ofA));
        SmartApp.Answer next = second.refresh(ofB);
        assertThat(next.text("patient")).isEqualTo(PATIENT_B);
        assertThat(second.refresh(next).accessToken()).containsEntry("patient", PATIENT_B);
    }

    private Map<String, String> launchOf(String patient) {
        return Map.of("launch", world.launches.good("clinician-2", DemoRegistrations.STAFF_APP, patient));
    }

    private static void assertNothing(SmartApp.Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_grant");
        assertThat(answer.body().has("access_token")).isFalse();
        assertThat(answer.body().toString()).doesNotContain(PATIENT_A).doesNotContain(PATIENT_B);
    }
}
