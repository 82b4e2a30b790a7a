package eu.sinusnode.policy.residency.signed;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.residency.ResidencyRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The whole of what is signed. One document, so that a registry cannot be put beside a tier that it was not made for.
 *
 * @param version the operator's own count
 */
public record ResidencyDocument(int version, ResidencyRules rules, Site site, List<Endpoint> endpoints) {

    public ResidencyDocument {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * Why the server may not start with these dependencies on that day, and what to do: a sentence or two each.
     *
     * @return empty when site and registry lie inside the tier and the registry has every dependency
     */
    public List<String> refusals(List<Dependency> dependencies, LocalDate day) {
        List<String> refusals = new ArrayList<>();
        if (!rules.contains(site.country(), day)) {
            refusals.add("'site' is in " + site.country() + ", outside tier " + rules.tier()
                    + ". Run the server inside the tier, or choose the tier that the law allows.");
        }
        for (Endpoint endpoint : endpoints) {
            if (!endpoint.isLoopback() && !rules.contains(endpoint.country(), day)) {
                refusals.add("the " + endpoint.purpose().word() + " endpoint " + endpoint.host() + " is in "
                        + endpoint.country() + ", outside tier " + rules.tier()
                        + ". Use one inside the tier, and remove this one.");
            }
        }
        for (Dependency dependency : dependencies) {
            if (endpoints.stream().noneMatch(endpoint -> serves(endpoint, dependency))) {
                refusals.add(dependency.setting() + " leads to " + dependency.host()
                        + ", which 'endpoints' does not have"
                        + " for this purpose. If it is inside tier " + rules.tier() + ", add " + entryFor(dependency)
                        + ".");
            }
        }
        return refusals;
    }

    /**
     * Whether data may go to a host on that day for a purpose that callers name hosts for: it is registered for it, inside
     * the tier.
     */
    public Decision decide(Dependency asked, LocalDate day) {
        return endpoints.stream()
                .filter(endpoint -> serves(endpoint, asked))
                .findFirst()
                .map(endpoint -> rules.contains(endpoint.country(), day)
                        ? Decision.Permit.of("residency", "the host is registered inside the tier")
                        : new Decision.Deny(
                                DenialCode.RESIDENCY_ENDPOINT,
                                "the registered host is in " + endpoint.country() + ", outside tier " + rules.tier()))
                .orElseGet(() -> new Decision.Deny(
                        DenialCode.RESIDENCY_ENDPOINT,
                        "the host is not registered for " + asked.purpose().word() + " in the tier " + rules.tier()));
    }

    /** Every host that is registered for the purpose; {@link Endpoint#LOOPBACK} for this machine. */
    public Set<String> hosts(EndpointPurpose purpose) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.purpose() == purpose)
                .map(Endpoint::host)
                .collect(Collectors.toSet());
    }

    private static boolean serves(Endpoint endpoint, Dependency dependency) {
        return endpoint.purpose() == dependency.purpose() && endpoint.host().equals(dependency.host());
    }

    private static String entryFor(Dependency dependency) {
        String entry = "{\"purpose\": \"" + dependency.purpose().word() + "\", \"host\": \"" + dependency.host() + "\"";
        return dependency.host().equals(Endpoint.LOOPBACK)
                ? entry + "}"
                : entry + ", \"country\": \"where it stands\", \"operator\": \"who runs it\"}";
    }
}
