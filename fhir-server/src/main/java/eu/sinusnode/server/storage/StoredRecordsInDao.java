package eu.sinusnode.server.storage;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Reads what is stored with the server's own rights, for the policies. */
final class StoredRecordsInDao implements StoredRecords, OrganizationDirectory {

    private final DaoRegistry daos;

    StoredRecordsInDao(DaoRegistry daos) {
        this.daos = daos;
    }

    @Override
    public Optional<Resource> current(String resourceType, String id) {
        try {
            return Optional.of((Resource)
                    daos.getResourceDao(resourceType).read(new IdType(resourceType, id), new SystemRequestDetails()));
        } catch (ResourceNotFoundException | ResourceGoneException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<RegisteredOrganization> find(String organizationId) {
        return current("Organization", organizationId)
                .map(Organization.class::cast)
                .map(organization -> new RegisteredOrganization(organizationId, onlyCountry(organization)));
    }

    /** Addresses in more than one country leave open where the Organization is; then none is known. */
    private static @Nullable String onlyCountry(Organization organization) {
        List<String> countries = organization.getAddress().stream()
                .filter(Address::hasCountry)
                .map(Address::getCountry)
                .distinct()
                .toList();
        return countries.size() == 1 ? countries.get(0) : null;
    }
}
