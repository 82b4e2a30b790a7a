package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Organization;
import org.jspecify.annotations.Nullable;

/** Organizations as they are stored now. */
public class StoredOrganizations implements OrganizationDirectory {

    private final StoredRecords records;

    public StoredOrganizations(StoredRecords records) {
        this.records = records;
    }

    @Override
    public Optional<RegisteredOrganization> find(String organizationId) {
        return records.current("Organization", organizationId)
                .map(Organization.class::cast)
                .map(organization -> new RegisteredOrganization(organizationId, country(organization)));
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
