package eu.sinusnode.policy.residency;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stored Organizations, read with the server's own rights. */
public interface OrganizationDirectory {

    /** Empty when no such Organization is stored. */
    Optional<RegisteredOrganization> find(String organizationId);

    /**
     * @param country {@code Organization.address.country} as it stands there, or null when there is none
     * @param active false when it says that it is not
     */
    record RegisteredOrganization(String id, @Nullable String country, boolean active) {}
}
