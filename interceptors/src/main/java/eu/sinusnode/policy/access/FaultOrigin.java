package eu.sinusnode.policy.access;

import java.util.Arrays;

/** Where a fault comes from, in words that may stand in a log: classes and the first line outside of Java itself, never a message, which may name a record. */
public final class FaultOrigin {

    private FaultOrigin() {}

    public static String of(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        StackTraceElement[] stack = root.getStackTrace();
        String where = Arrays.stream(stack)
                .filter(frame -> !frame.getClassName().startsWith("java."))
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                .map(frame -> " at " + frame)
                .orElse("");
        return fault == root
                ? root.getClass().getName() + where
                : fault.getClass().getName() + " caused by " + root.getClass().getName() + where;
    }
}
