package eu.sinusnode.policy.residency;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A caller's effective jurisdiction is the worst of what is registered for its client and of its Organization's
 * country: each of them must lie inside the tier, and what is unknown lies outside.
 *
 * <p>An administrator whose Organization is not stored yet is judged by its registration alone: the loader has to bring
 * the first Organization in, and an administrator reads no records.
 */
public final class ResidencyPolicy {

    private final ResidencyTier tier;

    public ResidencyPolicy(ResidencyTier tier) {
        this.tier = tier;
    }

    /** @param organization the caller's Organization as it is stored; empty when it has none or none is stored */
    public Decision decide(Caller caller, Optional<RegisteredOrganization> organization) {
        Optional<String> registered = Country.normalise(caller.jurisdiction());
        if (registered.isEmpty() || !tier.contains(registered.get())) {
            return outside("client " + caller.clientId(), registered.orElse(null));
        }
        if (caller.organizationId() == null) {
            return inside(registered.get());
        }
        if (organization.isEmpty()) {
            return caller.kind() == CallerKind.ADMINISTRATOR
                    ? inside(registered.get())
                    : outside("organization " + caller.organizationId(), null);
        }
        Optional<String> country = Country.normalise(organization.get().country());
        return country.isPresent() && tier.contains(country.get())
                ? inside(country.get())
                : outside("organization " + caller.organizationId(), country.orElse(null));
    }

    private Decision inside(String country) {
        return Decision.Permit.of("residency", country + " lies inside tier " + tier);
    }

    private Decision outside(String who, @Nullable String country) {
        String where = country == null ? "in no known country" : "in " + country;
        return new Decision.Deny(DenialCode.RESIDENCY, who + " is registered " + where + ", outside tier " + tier);
    }
}
