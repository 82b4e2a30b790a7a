package eu.sinusnode.keycloak.realm;

import eu.sinusnode.keycloak.realm.RealmDirectory.Organization;
import eu.sinusnode.keycloak.realm.RealmDirectory.OrganizationKind;
import eu.sinusnode.policy.access.CallerKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The programs and people of the demo, each bound to an organization or a patient of the cohort's directory. */
public final class DemoRegistrations {

    /** For patients and their representatives. */
    public static final String APP = "sinusnode-app";
    /** For clinicians and auditors: sessions end sooner. */
    public static final String STAFF_APP = "sinusnode-clinic";
    /** For administrators. */
    public static final String ADMIN_APP = "sinusnode-admin";
    /** The FHIR server's own client. */
    public static final String FHIR_SERVER = "fhir-server";

    public static final String APP_REDIRECT_URI = "http://127.0.0.1:8765/callback";
    public static final String CLINIC_SYSTEM = "clinic-system";
    public static final String DEVICE_GATEWAY = "device-gateway";
    /** The admission desk of the clinic system's clinic. */
    public static final String CONSENT_RECORDER = "consent-recorder";

    public static final String INSURER = "insurer";
    public static final String INSURER_OVERSEAS = "insurer-overseas";
    public static final String ANALYSIS_JOB = "analysis-job";
    public static final String LOADER = "loader";
    /** Represents {@code patient-1}. */
    public static final String REPRESENTATIVE = "representative-1";

    public static final String AUDITOR = "auditor";
    public static final String ADMINISTRATOR = "administrator";

    private DemoRegistrations() {}

    /** The app of the demo with which people of this kind log in. */
    public static String appOf(CallerKind kind) {
        return switch (kind) {
            case CLINICIAN, AUDITOR -> STAFF_APP;
            case ADMINISTRATOR -> ADMIN_APP;
            default -> APP;
        };
    }

    /** Three apps for people, seven backend clients, the FHIR server; jurisdictions are the countries of their organizations. */
    public static List<ClientRegistration> clients(RealmDirectory directory) {
        return clients(directory, URI.create(APP_REDIRECT_URI));
    }

    /** @param appRedirect where the app is served on this machine; {@link #APP_REDIRECT_URI} unless its port was changed */
    public static List<ClientRegistration> clients(RealmDirectory directory, URI appRedirect) {
        Organization centre = directory.first(OrganizationKind.CENTRE);
        Organization clinic = directory.first(OrganizationKind.CLINIC);
        Organization insurer = directory.first(OrganizationKind.INSURER);
        Organization overseas = directory.first(OrganizationKind.FOREIGN_INSURER);
        return List.of(
                app(APP, "SinusNode app", centre, appRedirect, CallerKind.PATIENT, CallerKind.REPRESENTATIVE),
                app(STAFF_APP, "SinusNode for clinics", centre, appRedirect, CallerKind.CLINICIAN, CallerKind.AUDITOR),
                app(ADMIN_APP, "SinusNode administration", centre, appRedirect, CallerKind.ADMINISTRATOR),
                new ClientRegistration.Introspector(FHIR_SERVER, "FHIR server", centre.country()),
                backend(CLINIC_SYSTEM, "Clinic information system", clinic, CallerKind.CLINIC_SYSTEM),
                backend(CONSENT_RECORDER, "Clinic admission desk", clinic, CallerKind.CONSENT_RECORDER),
                backend(DEVICE_GATEWAY, "Device gateway", centre, CallerKind.DEVICE_GATEWAY),
                backend(INSURER, "Health insurer", insurer, CallerKind.INSURER),
                backend(INSURER_OVERSEAS, "Health insurer outside the EU", overseas, CallerKind.INSURER),
                backend(ANALYSIS_JOB, "Risk analysis job", centre, CallerKind.ANALYSIS_JOB),
                backend(LOADER, "Cohort loader", centre, CallerKind.ADMINISTRATOR));
    }

    /** {@code clinician-1 …} (one a clinic that has a practitioner), {@code patient-1 …} (one a persona), one representative, {@code auditor},
     * {@code administrator}. */
    public static List<Person> people(RealmDirectory directory) {
        List<Person> people = new ArrayList<>();
        List<Organization> clinics = directory.organizations(OrganizationKind.CLINIC);
        for (int i = 0; i < clinics.size(); i++) {
            String clinic = clinics.get(i).id();
            String username = "clinician-" + (i + 1);
            directory.practitioners().stream()
                    .filter(practitioner -> practitioner.organization().equals(clinic))
                    .findFirst()
                    .ifPresent(practitioner -> people.add(Person.clinician(username, clinic, practitioner.id())));
        }
        for (int i = 0; i < directory.personas().size(); i++) {
            people.add(Person.patient(
                    "patient-" + (i + 1), directory.personas().get(i).id()));
        }
        if (!directory.personas().isEmpty()) {
            String patient = directory.personas().get(0).id();
            people.add(Person.representative(REPRESENTATIVE, relatedPersonOf(patient), patient));
        }
        String centre = directory.first(OrganizationKind.CENTRE).id();
        people.add(Person.auditor(AUDITOR, centre));
        people.add(Person.administrator(ADMINISTRATOR, centre));
        return List.copyOf(people);
    }

    /** The id of the RelatedPerson that makes somebody the representative of this patient in the demo. */
    public static String relatedPersonOf(String patient) {
        return UUID.nameUUIDFromBytes(("sinusnode/representative-of/" + patient).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static ClientRegistration app(
            String clientId, String name, Organization operator, URI redirect, CallerKind... people) {
        return new ClientRegistration.App(
                clientId, name, operator.country(), Set.of(people), List.of(redirect.toString()));
    }

    private static ClientRegistration backend(
            String clientId, String name, Organization organization, CallerKind kind) {
        return new ClientRegistration.Backend(clientId, name, organization.country(), kind, organization.id());
    }
}
