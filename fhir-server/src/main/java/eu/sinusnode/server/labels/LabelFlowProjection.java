package eu.sinusnode.server.labels;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.labelling.LabelFlow;
import eu.sinusnode.policy.labelling.LabelFlow.Edge;
import eu.sinusnode.policy.narrowing.RecordLabels;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;

/**
 * Gives what is stored the labels of what it was made of, in the transaction that stores it: only here every reference
 * between records of one transaction is known, and only there stands what a document or a Provenance gives to records that
 * were stored before.
 */
public class LabelFlowProjection implements Projection {

    private final StoredLabels stored;
    private final Runnable flush;

    /** @param flush gives the storage's pending rows to the database */
    public LabelFlowProjection(RunningTransaction transaction, FhirContext context, Runnable flush) {
        this.stored = new StoredLabels(transaction, context);
        this.flush = flush;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        Map<String, Resource> written = new LinkedHashMap<>();
        for (ResourceChange change : changes) {
            if (!change.isDeletion()) {
                written.put(change.resource().fhirType() + "/" + change.id(), change.resource());
            }
        }
        List<Edge> edges = written.values().stream()
                .flatMap(record -> LabelFlow.of(record).stream())
                .toList();
        if (!edges.isEmpty()) {
            give(LabelFlow.spread(edges, labels(edges, written)), written);
        }
    }

    private Map<String, Set<Code>> labels(List<Edge> edges, Map<String, Resource> written) {
        // What only receives is read when there is something to give: a file may be large.
        Set<String> before = new LinkedHashSet<>();
        edges.forEach(edge -> before.add(edge.from()));
        before.removeAll(written.keySet());
        Map<String, Set<Code>> labels = stored.of(before);
        written.forEach((name, record) -> labels.put(name, RecordLabels.said(record)));
        return labels;
    }

    private void give(Map<String, Set<Code>> given, Map<String, Resource> written) {
        given.keySet().removeIf(name -> !RecordLabels.areOn(name.substring(0, name.indexOf('/'))));
        if (given.isEmpty()) {
            return;
        }
        flush.run();
        // In one order, so that two that label the same records do not wait for each other.
        new TreeMap<>(given).forEach((name, labels) -> {
            stored.add(name, labels);
            Resource record = written.get(name);
            if (record != null) {
                // Who answers and who remembers what is stored takes it from here.
                labels.stream()
                        .filter(label -> record.getMeta().getSecurity(label.system(), label.code()) == null)
                        .forEach(label -> record.getMeta().addSecurity(new Coding(label.system(), label.code(), null)));
            }
        });
    }
}
