package eu.sinusnode.server.escalation;

import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Task;

/** Keeps by when each sign-off that is asked for has to be decided on, until it is. */
public final class SignOffDueProjection implements Projection {

    private final SignOffDueTable table;

    public SignOffDueProjection(RunningTransaction transaction) {
        this.table = new SignOffDueTable(transaction);
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        List<UUID> over = new ArrayList<>();
        List<SignOffDue> due = new ArrayList<>();
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Task task) {
                UUID id = ResourceIds.require("Task", change.id());
                Optional<SignOffDue> asked =
                        change.kind() == ResourceChange.Kind.DELETED ? Optional.empty() : SignOffDue.of(task, id);
                asked.ifPresentOrElse(due::add, () -> over.add(id));
            }
        }
        table.forget(over);
        table.keep(due);
    }
}
