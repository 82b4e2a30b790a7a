package eu.sinusnode.server.limits;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.RequestAudit;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request whose time is over: before anything is stored, before anything is shown, and when the database gave up
 * for it. What has been stored by then is told, late, and never as a failure.
 */
@Interceptor
public final class RequestTimeInterceptor {

    private static final int FIRST_OF_SERVERS_FAULTS = 500;
    private static final Set<RestOperationTypeEnum> READING = EnumSet.of(
            RestOperationTypeEnum.READ,
            RestOperationTypeEnum.VREAD,
            RestOperationTypeEnum.SEARCH_TYPE,
            RestOperationTypeEnum.SEARCH_SYSTEM,
            RestOperationTypeEnum.GET_PAGE,
            RestOperationTypeEnum.HISTORY_INSTANCE,
            RestOperationTypeEnum.HISTORY_TYPE,
            RestOperationTypeEnum.HISTORY_SYSTEM);

    private final RequestTime time;
    private final RequestAudit audit;
    private final Duration streams;

    /** @param streams how long an operation may be worked on that writes its answer while it works */
    public RequestTimeInterceptor(RequestTime time, RequestAudit audit, Duration streams) {
        this.time = time;
        this.audit = audit;
        this.streams = streams;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.TIME_OF_STREAMS)
    public void allowStreams(RequestDetails request) {
        String operation = request.getOperation();
        if (operation != null && AccessMatrix.standard().isLengthy(operation)) {
            time.deadline().ifPresent(deadline -> deadline.extendTo(streams));
        }
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.TIME_BEFORE_STORAGE)
    public void beforeStorage() {
        demandTime();
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.TIME_BEFORE_ANSWER)
    public void beforeAnswer(RequestDetails request) {
        if (READING.contains(request.getRestOperationType())) {
            demandTime();
        }
    }

    /** After the step that audits refusals, before the one that puts faults into words. */
    @Hook(value = Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION, order = StepOrder.TIME_OVER)
    public @Nullable BaseServerResponseException say(RequestDetails request, Throwable fault) {
        if (!time.isOver() || !isForWantOfTime(request, fault)) {
            return null;
        }
        BaseServerResponseException failure = audit.recordEnd(request, RequestProblem.TIME_OVER);
        return failure == null ? new TimeOverException() : failure;
    }

    /** A question is not answered with what a gate said that had no time to look. */
    private static boolean isForWantOfTime(RequestDetails request, Throwable fault) {
        return !(fault instanceof BaseServerResponseException answer)
                || answer.getStatusCode() >= FIRST_OF_SERVERS_FAULTS
                || READING.contains(request.getRestOperationType());
    }

    private void demandTime() {
        if (time.isOver()) {
            throw new TimeOverException();
        }
    }
}
