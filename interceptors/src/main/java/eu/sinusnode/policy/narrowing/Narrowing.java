package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search becomes before the database is asked. */
public sealed interface Narrowing {

    /** @param withheld refusals that the answer does not show but the audit has to */
    record Narrowed(SearchRequest search, List<Withheld> withheld) implements Narrowing {
        public Narrowed {
            withheld = List.copyOf(withheld);
        }
    }

    record Refused(Decision.Deny deny) implements Narrowing {}

    /** @param patientId the patient left out, or null when nobody was named */
    record Withheld(Decision.Deny deny, @Nullable String patientId) {}
}
