package eu.sinusnode.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(BrowserExtension.class)
class StandaloneLaunchIT {

    private static final int OWN = 1;
    private static final int OF_THE_CLINIC = 2;
    private static final List<Integer> VISIBLE = List.of(1, 2, 3, 5);
    /** Consent withdrawn, never asked, and two of another clinic. */
    private static final List<Integer> HIDDEN = List.of(8, 9, 4, 10);

    @ParameterizedTest
    @EnumSource(Screen.class)
    void aPatientSeesTheOwnChartAndRefreshesIt(Screen screen, Clinic clinic) {
        Persona patient = clinic.patient(OWN);
        try (Desk desk = clinic.desk(screen)) {
            Tab tab = desk.tab().openStart().picture("start").beginLoginAs("patient");
            tab.picture("login").enterPassword(patient.login()).awaitChart().picture("chart-patient");

            List<String> expected = BloodPressures.of(clinic.system().as(patient.login()), patient.id());
            assertThat(tab.patientName()).isEqualTo(patient.name());
            assertThat(tab.rows()).isNotEmpty().containsExactlyElementsOf(expected);
            assertThat(tab.points()).isEqualTo(2 * expected.size());
            assertThat(tab.thresholds()).containsExactlyInAnyOrder("135", "85");
            assertThat(tab.flags()).as("nobody has signed one").isEmpty();
            assertThat(tab.fits()).isTrue();

            assertThat(tab.refresh().status()).isEqualTo(200);
            assertThat(tab.awaitRefreshed().patientName()).isEqualTo(patient.name());
            assertThat(tab.rows()).containsExactlyElementsOf(expected);
            assertThat(desk.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Screen.class)
    void aClinicianProvesTwoFactorsAndChoosesAmongThePatientsOfTheCareTeam(Screen screen, Clinic clinic) {
        Persona patient = clinic.patient(OF_THE_CLINIC);
        try (Desk desk = clinic.desk(screen)) {
            Tab tab = desk.tab().openStart().beginLoginAs("clinician").enterPassword("clinician-1");
            tab.awaitSecondFactor().picture("second-factor").enterCode("clinician-1");
            List<String> offered = tab.offeredPatients();
            tab.picture("picker");

            assertThat(offered).allSatisfy(choice -> assertThat(choice).contains(", born "));
            for (int visible : VISIBLE) {
                assertThat(offered)
                        .as("patient-" + visible)
                        .anyMatch(choice -> choice.contains(clinic.patient(visible).name()));
            }
            for (int hidden : HIDDEN) {
                assertThat(tab.page().content())
                        .as("patient-" + hidden)
                        .doesNotContain(clinic.patient(hidden).name())
                        .doesNotContain(clinic.patient(hidden).id());
            }

            tab.choose(patient).awaitChart().picture("chart-clinician");
            assertThat(tab.patientName()).isEqualTo(patient.name());
            assertThat(tab.rows())
                    .isNotEmpty()
                    .containsExactlyElementsOf(
                            BloodPressures.of(clinic.system().as("clinician-1"), patient.id()));
            assertThat(tab.fits()).isTrue();

            assertThat(tab.refresh().status()).isEqualTo(200);
            assertThat(tab.awaitRefreshed().patientName()).isEqualTo(patient.name());
            assertThat(desk.complaints()).isEmpty();
        }
    }

    @Test
    void aTabThatNothingWasOpenedInSaysSo(Clinic clinic) {
        try (Desk desk = clinic.desk(Screen.PHONE)) {
            Tab tab = desk.tab().open(clinic.app() + "/callback");

            assertThat(tab.awaitTrouble()).isEqualTo("Nothing is open in this tab");
            tab.picture("nothing-open");
        }
    }
}
