package eu.sinusnode.server.decisions;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.disclosure.AskedCaller;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * What {@code $consent-decision} is asked.
 *
 * @param caller null for purposes that go beside the Consents
 * @param at when the read would happen; null is now
 * @param asked at least one
 * @param drafts Consents as if they were stored
 */
record DecisionRequest(
        @Nullable AskedCaller caller,
        Purpose purpose,
        @Nullable Instant at,
        List<Asked> asked,
        List<Draft> drafts) {

    DecisionRequest {
        asked = List.copyOf(asked);
        drafts = List.copyOf(drafts);
    }

    /** One thing that is asked about. */
    sealed interface Asked {}

    /** @param path {@code Type/id} */
    record Stored(String path) implements Asked {}

    /**
     * A record that need not exist.
     *
     * @param labels that it carries, beside those that its codes say
     * @param time a dateTime or a Period: when its content was true; null when it tells no time
     */
    record OfType(
            String resourceType,
            Set<Code> codes,
            Set<Code> labels,
            @Nullable Type time) implements Asked {
        OfType {
            codes = Set.copyOf(codes);
            labels = Set.copyOf(labels);
        }

        @Nullable
        Validity validity() {
            return time instanceof Period period
                    ? Validity.ofContent(period)
                    : time instanceof BaseDateTimeType moment ? Validity.ofMoment(moment) : null;
        }
    }

    /** @param expression where it stands in the request */
    record Draft(String expression, Consent consent) {}

    boolean asksForRecords() {
        return !records().isEmpty();
    }

    /** The stored records that are asked about, {@code Type/id}. */
    List<String> records() {
        return asked.stream()
                .filter(Stored.class::isInstance)
                .map(Stored.class::cast)
                .map(Stored::path)
                .toList();
    }
}
