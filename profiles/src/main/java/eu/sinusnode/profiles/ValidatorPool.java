package eu.sinusnode.profiles;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.hl7.fhir.r5.context.IWorkerContext;

/**
 * A fixed number of {@link ReusableValidator}s, each used by one thread at a time. A validator that has done its share of
 * work is replaced: what it may still have gathered is bounded by that.
 */
final class ValidatorPool {

    private final IWorkerContext worker;
    private final BlockingQueue<ReusableValidator> idle;

    ValidatorPool(IWorkerContext worker, int size) {
        this.worker = worker;
        this.idle = new ArrayBlockingQueue<>(size);
        for (int i = 0; i < size; i++) {
            idle.add(new ReusableValidator(worker));
        }
    }

    List<ValidationIssue> validate(String json, List<String> profiles) {
        ReusableValidator validator = take();
        try {
            return validator.validate(json, profiles);
        } finally {
            idle.add(validator.isSpent() ? new ReusableValidator(worker) : validator);
        }
    }

    private ReusableValidator take() {
        try {
            return idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a free validator", e);
        }
    }
}
