package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.TeamActors;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Consent;

/**
 * Replaces the directives of every Consent that a transaction stores. A withdrawal therefore holds for every request that
 * starts after its acknowledgement.
 */
public class PermitProjection implements Projection {

    private static final String DELETE = "DELETE FROM sinusnode.directive WHERE consent = ?";

    private final RunningTransaction transaction;
    private final TeamDirectives teams;
    private final ConsentCompiler compiler;

    public PermitProjection(RunningTransaction transaction, ConsentCompiler compiler) {
        this.transaction = transaction;
        this.teams = new TeamDirectives(transaction);
        this.compiler = compiler;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Consent consent) {
                UUID id = ResourceIds.require("Consent", change.id());
                Map<Boolean, List<Directive>> ofTeam = (change.isDeletion()
                                ? List.<Directive>of()
                                : directives(consent))
                        .stream().collect(Collectors.partitioningBy(directive -> TeamActors.team(directive)
                                .isPresent()));
                List<Directive> aboutTeams = ofTeam.getOrDefault(true, List.of());
                teams.await(id, aboutTeams);
                transaction.update(DELETE, id);
                transaction.batch(
                        DirectiveRow.INSERT,
                        ofTeam.getOrDefault(false, List.of()),
                        directive -> DirectiveRow.values(id, directive));
                teams.replace(id, aboutTeams);
            }
        }
    }

    /** The write was checked before it was stored; one that comes on another way and cannot be enforced is refused here. */
    private List<Directive> directives(Consent consent) {
        Compilation compilation =
                compiler.compile(consent, consent.getIdElement().getVersionIdPartAsLong());
        if (compilation instanceof Compilation.Refused refused) {
            throw Denials.exception(
                    new Decision.Deny(DenialCode.CONSENT_WRITE, refused.path() + ": " + refused.reason()), "Consent");
        }
        return ((Compilation.Compiled) compilation)
                .directives().stream()
                        // That nothing is permitted holds without being kept.
                        .filter(directive -> directive.permits() || !directive.saysNothing())
                        .toList();
    }
}
