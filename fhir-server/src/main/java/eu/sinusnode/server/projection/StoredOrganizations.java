package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Organizations as they are stored now. */
public class StoredOrganizations implements OrganizationDirectory {

    private final RememberedVersions<RegisteredOrganization> versions;

    public StoredOrganizations(StoredRecords records, DataSource dataSource) {
        this.versions = new RememberedVersions<>("Organization", StoredOrganizations::registered, records, dataSource);
    }

    @Override
    public Optional<RegisteredOrganization> find(String organizationId) {
        return versions.find(organizationId);
    }

    /** @param version that is stored now */
    Optional<RegisteredOrganization> find(String organizationId, long version) {
        return versions.find(organizationId, version);
    }

    private static RegisteredOrganization registered(Resource resource) {
        Organization organization = (Organization) resource;
        return new RegisteredOrganization(
                organization.getIdElement().getIdPart(),
                country(organization),
                !organization.hasActive() || organization.getActive());
    }

    /** One country, or null: an Organization that states several addresses in different countries states none. */
    private static @Nullable String country(Organization organization) {
        List<String> countries = organization.getAddress().stream()
                .filter(Address::hasCountry)
                .map(Address::getCountry)
                .distinct()
                .toList();
        return countries.size() == 1 ? countries.get(0) : null;
    }
}
