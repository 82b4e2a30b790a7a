package eu.sinusnode.keycloak.testkit.smart;

import com.nimbusds.jose.jwk.JWKSet;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.testkit.TestKeycloak;
import java.io.IOException;
import java.util.Map;

/** Keycloak, a FHIR server and their launches; closed after the class, so that the next one has the port. */
final class SmartWorld implements AutoCloseable {

    static final String PATIENT_A = "aaaaaaaa-0000-4000-8000-00000000000a";
    static final String PATIENT_B = "bbbbbbbb-0000-4000-8000-00000000000b";
    static final String EHR_SCOPES = "openid fhirUser launch online_access user/Patient.rs patient/Observation.rs";
    static final String STANDALONE_SCOPES = "openid fhirUser launch/patient online_access patient/Observation.rs";

    final TestKeycloak keycloak;
    final Launches launches;
    final FakeFhirServer fhir;

    SmartWorld(TestKeycloak keycloak, Launches launches) throws IOException {
        this.keycloak = keycloak;
        this.launches = launches;
        this.fhir = new FakeFhirServer(keycloak.fhirEndpoint(), new JWKSet(launches.key()));
        fhir.patient(PATIENT_A, "Alpha");
        fhir.patient(PATIENT_B, "Beta");
    }

    /** The clinicians' app in a new tab. */
    SmartApp tab() {
        return new SmartApp(keycloak, DemoRegistrations.STAFF_APP);
    }

    /** Launched from a portal, up to where the browser stands then. */
    Browser.Place launch(Browser browser, SmartApp tab, String username, String patient) {
        return browser.open(
                tab.request(
                        EHR_SCOPES, Map.of("launch", launches.good(username, DemoRegistrations.STAFF_APP, patient))),
                username);
    }

    @Override
    public void close() {
        fhir.close();
    }
}
