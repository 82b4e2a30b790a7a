package eu.sinusnode.server.projection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.residency.OrganizationDirectory;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Organization;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Organizations as they are stored now. Every request asks, so only the version number is read each time; what a version
 * says never changes and is remembered.
 */
public class StoredOrganizations implements OrganizationDirectory {

    private static final String CURRENT_VERSION = """
            SELECT r.res_ver FROM public.hfj_resource r
            WHERE r.res_type = 'Organization' AND r.fhir_id = :id AND r.res_deleted_at IS NULL
            """;

    private final StoredRecords records;
    private final JdbcClient jdbc;
    private final Cache<Version, RegisteredOrganization> known =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private record Version(String id, long number) {}

    public StoredOrganizations(StoredRecords records, DataSource dataSource) {
        this.records = records;
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public Optional<RegisteredOrganization> find(String organizationId) {
        return jdbc.sql(CURRENT_VERSION)
                .param("id", organizationId)
                .query(Long.class)
                .optional()
                .flatMap(number -> find(new Version(organizationId, number)));
    }

    private Optional<RegisteredOrganization> find(Version version) {
        RegisteredOrganization remembered = known.getIfPresent(version);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        Optional<Organization> stored =
                records.current("Organization", version.id()).map(Organization.class::cast);
        stored.ifPresent(organization -> known.put(
                new Version(version.id(), organization.getIdElement().getVersionIdPartAsLong()),
                registered(version.id(), organization)));
        return stored.map(organization -> registered(version.id(), organization));
    }

    private static RegisteredOrganization registered(String id, Organization organization) {
        return new RegisteredOrganization(id, country(organization));
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
