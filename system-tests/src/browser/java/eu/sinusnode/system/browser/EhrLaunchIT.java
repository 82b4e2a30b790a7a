package eu.sinusnode.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(BrowserExtension.class)
class EhrLaunchIT {

    private static final String CLINICIAN = "clinician-1";
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int WITHDRAWN = 8;

    @Test
    void thePortalOpensTheAppForItsPatientWithoutASecondLogin(Clinic clinic) {
        Persona first = clinic.patient(FIRST);
        Persona second = clinic.patient(SECOND);
        try (Desk desk = clinic.desk(Screen.DESKTOP)) {
            Tab tab = desk.tab().open(clinic.launchLink(CLINICIAN, first));
            tab.enterPassword(CLINICIAN).enterCode(CLINICIAN).awaitChart().picture("chart-launched");
            assertThat(tab.patientName()).isEqualTo(first.name());

            // Nobody types anything now: the portal's clinician is logged in already.
            Tab next = desk.tab().open(clinic.launchLink(CLINICIAN, second)).awaitChart();
            assertThat(next.patientName()).isEqualTo(second.name());
            assertThat(next.rows())
                    .isNotEmpty()
                    .containsExactlyElementsOf(
                            BloodPressures.of(clinic.system().as(CLINICIAN), second.id()));
            assertThat(next.refresh().status()).isEqualTo(200);
            assertThat(next.awaitRefreshed().patientName()).isEqualTo(second.name());
            assertThat(desk.complaints()).isEmpty();
        }
    }

    /** What was seen stands in the chart where it was seen, with the reasons, and says that a clinician decides. */
    @ParameterizedTest
    @EnumSource(Screen.class)
    void theFlagsOfThePatientAreMarkedInTheTrend(Screen screen, Clinic clinic) {
        try (Desk desk = clinic.deskOf(CLINICIAN, screen)) {
            Tab tab = desk.tab().open(clinic.launchLink(CLINICIAN, clinic.patient(FIRST)));
            tab.awaitChart().page().locator("#flags summary").first().click();
            tab.picture("chart-flagged");

            assertThat(tab.flags()).isNotEmpty().anyMatch(words -> words.contains("mm[Hg]") || words.contains("mmHg"));
            assertThat(tab.flagsInTheChart()).isNotEmpty().contains("1");
            assertThat(tab.text()).contains("waits for a clinician").contains("A clinician decides");
            assertThat(tab.fits()).isTrue();
            assertThat(desk.complaints()).isEmpty();
        }
    }

    /** Patient safety: what one tab shows never changes because of another. */
    @Test
    void theRefreshOfOneTabNeverAnswersWithThePatientOfAnother(Clinic clinic) {
        Persona first = clinic.patient(FIRST);
        Persona second = clinic.patient(SECOND);
        try (Desk desk = clinic.deskOf(CLINICIAN, Screen.DESKTOP)) {
            Tab one = desk.tab().open(clinic.launchLink(CLINICIAN, first));
            one.awaitChart();
            Tab two = desk.tab().open(clinic.launchLink(CLINICIAN, second)).awaitChart();
            assertThat(one.patientName()).isEqualTo(first.name());
            assertThat(two.patientName()).isEqualTo(second.name());

            var answer = one.refresh();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text())
                    .contains("invalid_grant")
                    .doesNotContain("access_token")
                    .doesNotContain(second.id());
            assertThat(one.awaitTrouble()).isEqualTo("A new launch is needed");
            one.picture("new-launch-needed");
            assertThat(one.text()).doesNotContain(second.name()).doesNotContain(first.name());

            one.page().reload();
            assertThat(one.awaitTrouble()).isEqualTo("Nothing is open in this tab");
            assertThat(two.refresh().status()).isEqualTo(200);
            assertThat(two.awaitRefreshed().patientName()).isEqualTo(second.name());
        }
    }

    @Test
    void aLaunchOpensOnce(Clinic clinic) {
        String link = clinic.launchLink(CLINICIAN, clinic.patient(FIRST));
        try (Desk desk = clinic.deskOf(CLINICIAN, Screen.DESKTOP)) {
            desk.tab().open(link).awaitChart();

            Tab again = desk.tab().open(link);
            again.awaitTrouble();
            again.picture("launch-used-twice");
            assertThat(again.text()).doesNotContain(clinic.patient(FIRST).name());
        }
    }

    @Test
    void aHiddenPatientIsLaunchedLikeOneWhoDoesNotExist(Clinic clinic) {
        String unknown = "00000000-0000-4000-8000-00000000abcd";
        String hidden = clinic.patient(WITHDRAWN).id();
        var ofHidden = clinic.requestLaunch(CLINICIAN, hidden);
        var ofUnknown = clinic.requestLaunch(CLINICIAN, unknown);

        assertThat(ofUnknown.statusCode()).isEqualTo(404);
        assertThat(ofHidden.statusCode()).isEqualTo(404);
        assertThat(ofHidden.body().replace(hidden, unknown)).isEqualTo(ofUnknown.body());
    }

    @Test
    void theAppOpensNoServerThatALinkChooses(Clinic clinic) {
        try (Desk desk = clinic.desk(Screen.PHONE)) {
            Tab tab = desk.tab().open(clinic.app() + "/launch.html?iss=https://evil.example/fhir&launch=x");

            assertThat(tab.awaitTrouble()).isEqualTo("This app does not know that server");
            tab.picture("unknown-server");
            assertThat(desk.complaints()).isEmpty();
        }
    }
}
