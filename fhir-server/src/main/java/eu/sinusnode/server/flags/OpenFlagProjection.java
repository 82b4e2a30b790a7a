package eu.sinusnode.server.flags;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;

/**
 * Lets one flag of a risk and patient be open: of two writers who both found none, the second waits for the first and is
 * refused. A flag that is written anew is never refused for another one's sake, so that a merge of two records goes through.
 */
public final class OpenFlagProjection implements Projection {

    private final OpenFlagTable table;

    public OpenFlagProjection(RunningTransaction transaction) {
        this.table = new OpenFlagTable(transaction);
    }

    /** @throws ResourceVersionConflictException when a flag is created beside one that is open */
    @Override
    public void apply(List<ResourceChange> changes) {
        List<UUID> changed = new ArrayList<>();
        List<OpenFlag> created = new ArrayList<>();
        List<OpenFlag> stillOpen = new ArrayList<>();
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Observation observation && isFlag(observation)) {
                UUID id = ResourceIds.require("Observation", change.id());
                List<OpenFlag> open = OpenFlag.of(observation, id);
                switch (change.kind()) {
                    case CREATED -> created.addAll(open);
                    case UPDATED -> {
                        changed.add(id);
                        stillOpen.addAll(open);
                    }
                    case DELETED -> changed.add(id);
                }
            }
        }
        table.forget(changed);
        table.keep(stillOpen);
        if (table.keep(created) < created.size()) {
            throw new ResourceVersionConflictException(
                    "A flag of the same risk and patient is open, perhaps since this moment; read it, and write a new"
                            + " version of it.");
        }
    }

    /** What the analysis alone may create: nobody else can take a flag's place by its identifier. */
    private static boolean isFlag(Observation observation) {
        return observation.getCategory().stream()
                .flatMap(category -> category.getCoding().stream())
                .anyMatch(coding -> Canonicals.OBSERVATION_CATEGORIES.equals(coding.getSystem())
                        && Codes.RISK_FLAG.equals(coding.getCode()));
    }
}
