package eu.sinusnode.server.projection;

import java.util.List;
import org.hl7.fhir.r4.model.CareTeam;

/** Makes rules about a CareTeam anew when the team is stored; its memberships come first. */
public class TeamDirectiveProjection implements Projection {

    private final TeamDirectives directives;

    public TeamDirectiveProjection(RunningTransaction transaction) {
        this.directives = new TeamDirectives(transaction);
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            if (change.resource() instanceof CareTeam) {
                directives.resolve(ResourceIds.require("CareTeam", change.id()));
            }
        }
    }
}
