package eu.sinusnode.policy.residency;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.residency.OrganizationDirectory.RegisteredOrganization;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A caller's effective jurisdiction is the worst of what is registered for its client, of where the token says that the
 * person works, if it says so, and of its Organization's country: each of them must lie inside the tier, and what is
 * unknown lies outside (Art. 44 GDPR; access from a third country is a transfer, EDPB Guidelines 05/2021).
 *
 * <p>An administrator whose Organization is not stored yet is judged without it: the loader has to bring the first
 * Organization in, and an administrator reads no records.
 */
public final class ResidencyPolicy {

    private final ResidencyRules rules;

    public ResidencyPolicy(ResidencyRules rules) {
        this.rules = rules;
    }

    /** @param written the country as it is stated; null when none is */
    private record Statement(String who, @Nullable String written) {}

    /**
     * @param organization the caller's Organization as it is stored; empty when it has none or none is stored
     * @param today the day on which adequacy decisions have to hold
     */
    public Decision decide(Caller caller, Optional<RegisteredOrganization> organization, LocalDate today) {
        List<String> countries = new ArrayList<>();
        for (Statement statement : statements(caller, organization)) {
            Optional<String> country = Country.normalise(statement.written());
            if (country.isEmpty()) {
                return new Decision.Deny(
                        DenialCode.RESIDENCY_UNKNOWN,
                        statement.who() + " is in no known country, which is outside tier " + rules.tier());
            }
            if (!rules.contains(country.get(), today)) {
                return new Decision.Deny(
                        DenialCode.RESIDENCY,
                        statement.who() + " is registered in " + country.get() + ", outside tier " + rules.tier());
            }
            countries.add(country.get());
        }
        return Decision.Permit.of(
                "residency", String.join(", ", countries) + ": all of it inside tier " + rules.tier());
    }

    private static List<Statement> statements(Caller caller, Optional<RegisteredOrganization> organization) {
        List<Statement> statements = new ArrayList<>();
        statements.add(new Statement("client " + caller.clientId(), caller.jurisdiction()));
        if (caller.personJurisdiction() != null) {
            statements.add(new Statement("the person who calls", caller.personJurisdiction()));
        }
        boolean firstComesIn = organization.isEmpty() && caller.kind() == CallerKind.ADMINISTRATOR;
        if (caller.organizationId() != null && !firstComesIn) {
            statements.add(new Statement(
                    "organization " + caller.organizationId(),
                    organization.map(RegisteredOrganization::country).orElse(null)));
        }
        return statements;
    }
}
