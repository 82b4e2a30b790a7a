package eu.sinusnode.server.fulltext.index;

import eu.sinusnode.policy.access.FaultOrigin;
import org.hibernate.search.engine.environment.bean.BeanReference;
import org.hibernate.search.engine.reporting.EntityIndexingFailureContext;
import org.hibernate.search.engine.reporting.FailureContext;
import org.hibernate.search.engine.reporting.FailureHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures in the background, without the ids that Hibernate Search would log; whoever waits for the work gets them too. */
final class QuietFailures implements FailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(QuietFailures.class);

    static BeanReference<FailureHandler> reference() {
        return BeanReference.ofInstance(new QuietFailures());
    }

    @Override
    public void handle(FailureContext context) {
        LOG.error("The full-text index failed at its work: {}", FaultOrigin.of(context.throwable()));
    }

    @Override
    public void handle(EntityIndexingFailureContext context) {
        handle((FailureContext) context);
    }
}
