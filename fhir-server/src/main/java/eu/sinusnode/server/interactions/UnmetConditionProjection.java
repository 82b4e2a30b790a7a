package eu.sinusnode.server.interactions;

import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.policy.narrowing.UnmetCondition;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.RunningTransaction;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets only one of several simultaneous updates on the same condition create its record. Each looks once more before it
 * commits, and those with the same condition look one after the other: the lock is held until the commit, so the second
 * finds what the first has stored.
 */
public class UnmetConditionProjection implements Projection {

    private static final String ONE_AFTER_THE_OTHER = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";

    private final RunningTransaction transaction;
    private final RecordSearch search;

    public UnmetConditionProjection(RunningTransaction transaction, RecordSearch search) {
        this.transaction = transaction;
        this.search = search;
    }

    /** @throws ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException when the condition is met meanwhile */
    @Override
    public void apply(List<ResourceChange> changes) {
        // Sorted, so that two transactions with the same two conditions do not wait for each other.
        Map<String, ResourceChange> byCondition = new TreeMap<>();
        for (ResourceChange change : changes) {
            if (change.kind() == ResourceChange.Kind.CREATED) {
                UnmetCondition.of(change.resource())
                        .ifPresent(condition ->
                                byCondition.put(condition.narrowed().resourceType() + "?" + condition.asked(), change));
            }
        }
        byCondition.forEach((condition, change) -> {
            waitFor(condition);
            requireUnmet(UnmetCondition.of(change.resource()).orElseThrow().narrowed(), change.id());
        });
    }

    private void waitFor(String condition) {
        transaction.execute(connection -> {
            try (PreparedStatement lock = connection.prepareStatement(ONE_AFTER_THE_OTHER)) {
                lock.setString(1, condition);
                return lock.execute();
            }
        });
    }

    private void requireUnmet(SearchRequest narrowed, String created) {
        boolean met = search.ids(narrowed.resourceType(), narrowed.parameters(), 2).stream()
                .anyMatch(id -> !id.equals(created));
        if (met) {
            throw Problems.exception(RequestProblem.CHANGED_MEANWHILE);
        }
    }
}
