package eu.sinusnode.keycloak.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.sinusnode.policy.access.CallerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "de", "XX", "EU", "GERMANY"})
    void anUnknownCountryIsNoJurisdiction(String country) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ClientRegistration.Backend("payor-2", "Payor", country, CallerKind.INSURER, "org"))
                .withMessageContaining("ISO 3166-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Insurer", "a b", "../x", "-x"})
    void aClientIdIsPlain(String clientId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientRegistration.Backend(clientId, "Payor", "DE", CallerKind.INSURER, "org"));
    }

    @Test
    void aBackendClientIsNoPersonAndAPersonNoBackendClient() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientRegistration.Backend("x", "X", "DE", CallerKind.CLINICIAN, "org"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Person("x", CallerKind.INSURER, "org", null, null));
    }

    @Test
    void redirectUrisAreExact() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientRegistration.App(
                        "app", "App", "DE", Set.of(CallerKind.PATIENT), List.of("https://app.example/*")))
                .withMessageContaining("no wildcard");
    }

    @Test
    void onlyAPatientHasARecordOfOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Person("x", CallerKind.CLINICIAN, "org", "Practitioner/1", "patient-1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Person("x", CallerKind.PATIENT, null, "Patient/1", null));
    }

    @Test
    void aNameIsRegisteredOnce() {
        List<ClientRegistration> twice = new ArrayList<>(DemoRegistrations.clients(Fixtures.directory()));
        twice.add(twice.get(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RealmModel("sinusnode", Fixtures.FHIR_BASE, twice, List.of(), Map.of(), Map.of()))
                .withMessageContaining("registered twice");
    }

    @Test
    void theDemoHasOneClinicianAClinicWithPractitionerAndOneLoginAPersona() {
        assertThat(DemoRegistrations.people(Fixtures.directory()))
                .extracting(Person::username)
                .containsExactly(
                        "clinician-1",
                        "clinician-2",
                        "patient-1",
                        "patient-2",
                        "representative-1",
                        "auditor",
                        "administrator");
    }

    @ParameterizedTest
    @CsvSource({
        "PATIENT,PATRQT",
        "CLINICIAN,TREAT",
        "CLINIC_SYSTEM,TREAT",
        "INSURER,HPAYMT",
        "ANALYSIS_JOB,CAREMGT",
        "AUDITOR,HSYSADMIN",
        "ADMINISTRATOR,HSYSADMIN"
    })
    void purposesOfUse(CallerKind kind, String purpose) {
        assertThat(Claims.purposeOf(kind)).hasToString(purpose);
    }
}
