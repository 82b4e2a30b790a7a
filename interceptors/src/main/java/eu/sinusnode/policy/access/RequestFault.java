package eu.sinusnode.policy.access;

import org.jspecify.annotations.Nullable;

/**
 * One of several things that are wrong with the body of a request.
 *
 * @param path of the element, e.g. {@code Observation.category[0].codings}; null when it is the body as a whole
 * @param what one plain sentence without a full stop; it does not quote values
 */
public record RequestFault(RequestProblem problem, @Nullable String path, String what) {}
