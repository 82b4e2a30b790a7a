package eu.sinusnode.keycloak.realm;

import eu.sinusnode.keycloak.realm.RealmDirectory.Organization;
import eu.sinusnode.keycloak.realm.RealmDirectory.OrganizationKind;
import eu.sinusnode.policy.access.CallerKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The programs and people of the demo, each bound to an organization or a patient of the cohort's directory. */
public final class DemoRegistrations {

    public static final String APP = "sinusnode-app";
    public static final String APP_REDIRECT_URI = "http://127.0.0.1:8765/callback";
    public static final String CLINIC_SYSTEM = "clinic-system";
    public static final String INSURER = "insurer";
    public static final String INSURER_OVERSEAS = "insurer-overseas";
    public static final String ANALYSIS_JOB = "analysis-job";
    public static final String LOADER = "loader";
    public static final String AUDITOR = "auditor";

    private DemoRegistrations() {}

    /** One app for people, five backend clients; jurisdictions are the countries of their organizations. */
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
                new ClientRegistration.App(
                        APP,
                        "SinusNode app",
                        centre.country(),
                        Set.of(CallerKind.PATIENT, CallerKind.CLINICIAN, CallerKind.AUDITOR),
                        List.of(appRedirect.toString())),
                backend(CLINIC_SYSTEM, "Clinic information system", clinic, CallerKind.CLINIC_SYSTEM),
                backend(INSURER, "Health insurer", insurer, CallerKind.INSURER),
                backend(INSURER_OVERSEAS, "Health insurer outside the EU", overseas, CallerKind.INSURER),
                backend(ANALYSIS_JOB, "Risk analysis job", centre, CallerKind.ANALYSIS_JOB),
                backend(LOADER, "Cohort loader", centre, CallerKind.ADMINISTRATOR));
    }

    /** {@code clinician-1 …} (one a clinic that has a practitioner), {@code patient-1 …} (one a persona), {@code auditor}. */
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
        people.add(
                Person.auditor(AUDITOR, directory.first(OrganizationKind.CENTRE).id()));
        return List.copyOf(people);
    }

    private static ClientRegistration backend(
            String clientId, String name, Organization organization, CallerKind kind) {
        return new ClientRegistration.Backend(clientId, name, organization.country(), kind, organization.id());
    }
}
