package eu.sinusnode.policy.access;

/** Where a fault comes from, in words that may stand in a log: classes and a line, never a message, which may name a record. */
public final class FaultOrigin {

    private FaultOrigin() {}

    public static String of(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        StackTraceElement[] stack = root.getStackTrace();
        String where = stack.length == 0 ? "" : " at " + stack[0];
        return fault == root
                ? root.getClass().getName() + where
                : fault.getClass().getName() + " caused by " + root.getClass().getName() + where;
    }
}
