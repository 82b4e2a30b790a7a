package eu.sinusnode.policy.disclosure;

import java.net.URLDecoder;
import java.util.Arrays;

/**
 * Faults that a request brought about before any step of ours saw it. HAPI's parser meets some JSON that is no FHIR with a
 * NullPointerException and the like, and its servlet decodes addresses and forms without minding what is no escape.
 */
final class UnreadableRequest {

    private static final String PARSERS = "ca.uhn.fhir.parser.";
    private static final String FIREWALL = "org.springframework.security.web.firewall.RequestRejectedException";
    private static final String READS_BODIES = "ca.uhn.fhir.rest.server.method.ResourceParameter";

    private UnreadableRequest() {}

    /** Whether the parser failed on the body of the request: not on what the storage holds. */
    static boolean isBody(Throwable fault) {
        StackTraceElement[] stack = root(fault).getStackTrace();
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().startsWith(PARSERS))
                && Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals(READS_BODIES));
    }

    /** Whether there is a percent sign in it that escapes nothing, or a character that none may have. */
    static boolean isAddressOrForm(Throwable fault) {
        if (fault.getClass().getName().equals(FIREWALL)) {
            return true;
        }
        StackTraceElement[] stack = root(fault).getStackTrace();
        return fault instanceof IllegalArgumentException
                && stack.length > 0
                && stack[0].getClassName().equals(URLDecoder.class.getName());
    }

    private static Throwable root(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
