package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/** Headers by which HAPI lets a client change how it stores or deletes; none of them is open. */
public final class OpenHeaders {

    /** In lower case. */
    private static final Set<String> CLOSED = Set.of(
            "content-location",
            "x-cascade",
            "x-meta-snapshot-mode",
            "x-request-partition-ids",
            "x-retry-on-version-conflict",
            "x-rewrite-history",
            "x-transaction-semantics",
            "x-upsert-extistence-check");

    /** @param names header names of the request, in any case */
    public Decision decide(Collection<String> names) {
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(CLOSED::contains)
                .sorted()
                .findFirst()
                .<Decision>map(closed -> new Decision.Deny(DenialCode.HEADER, "header " + closed + " is not open"))
                .orElseGet(() -> Decision.Permit.of("headers", "none of them is closed"));
    }
}
