package eu.sinusnode.profiles;

import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;

/**
 * Recognises the summary of what was not computable that the analysis writes of nearly every patient, with exactly its
 * parts in their plainest form. As with {@link PlainVital}, a yes has to be right, and the validator is its oracle in the
 * tests.
 */
public final class PlainSummary {

    private static final String DATA_ABSENT_REASON = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    private static final String UNKNOWN = "unknown";
    private static final Set<String> CODES = Set.of(Codes.NOT_COMPUTABLE_SUMMARY);

    private PlainSummary() {}

    /** {@code true}: valid without doubt. {@code false}: nothing is known. */
    public static boolean isPlain(Observation summary) {
        return PlainFlagFrame.isPlain(summary, CODES, Set.of())
                && !summary.getComponent().isEmpty()
                && summary.getComponent().stream().allMatch(PlainSummary::isReasonPlain);
    }

    /** A risk, and in words why it could not be computed. */
    private static boolean isReasonPlain(ObservationComponentComponent component) {
        CodeableConcept reason = component.getDataAbsentReason();
        return PlainElements.isBare(component)
                && PlainElements.hasOnly(component, Set.of("code", "dataAbsentReason"))
                && PlainElements.isCode(component.getCode(), Canonicals.OBSERVATION_CODES, RiskFlagCodes.ALL)
                && reason.hasText()
                && PlainElements.isCode(reason, DATA_ABSENT_REASON, UNKNOWN);
    }
}
