package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.residency.PractitionerDirectory;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Resource;

/** Practitioners as they are stored now. */
public class StoredPractitioners implements PractitionerDirectory {

    private final RememberedVersions<Boolean> active;

    public StoredPractitioners(StoredRecords records, DataSource dataSource) {
        this.active = new RememberedVersions<>("Practitioner", StoredPractitioners::isActive, records, dataSource);
    }

    @Override
    public boolean isActive(String practitionerId) {
        return active.find(practitionerId).orElse(false);
    }

    private static boolean isActive(Resource resource) {
        Practitioner practitioner = (Practitioner) resource;
        return !practitioner.hasActive() || practitioner.getActive();
    }
}
