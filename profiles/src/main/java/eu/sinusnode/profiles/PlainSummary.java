package eu.sinusnode.profiles;

import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;

/**
 * Recognises the summary of what was not computable that the analysis writes of nearly every patient, with exactly its
 * parts in their plainest form. As with {@link PlainVital}, a yes has to be right, and the validator is its oracle in the
 * tests.
 */
final class PlainSummary {

    private static final String DATA_ABSENT_REASON = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    private static final String UNKNOWN = "unknown";

    private PlainSummary() {}

    /** {@code true}: valid without doubt. {@code false}: nothing is known. */
    static boolean isPlain(Observation summary) {
        return isHeadPlain(summary)
                && isAllElseAbsent(summary)
                && !summary.getComponent().isEmpty()
                && summary.getComponent().stream().allMatch(PlainSummary::isReasonPlain)
                && !summary.getNote().isEmpty()
                && summary.getNote().stream().allMatch(PlainSummary::isNotePlain);
    }

    private static boolean isHeadPlain(Observation summary) {
        return summary.getClass() == Observation.class
                && isIdPlain(summary.getIdElement())
                && !summary.hasMeta()
                && summary.getIdentifier().size() == 1
                && PlainElements.isIdentifier(summary.getIdentifier().get(0))
                && Canonicals.RISK_FLAG_IDENTIFIER.equals(
                        summary.getIdentifier().get(0).getSystem())
                && summary.getStatus() == ObservationStatus.PRELIMINARY
                && PlainElements.isBare(summary.getStatusElement())
                && summary.getCategory().size() == 1
                && isCode(summary.getCategory().get(0), Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG)
                && isCode(summary.getCode(), Canonicals.OBSERVATION_CODES, Codes.NOT_COMPUTABLE_SUMMARY)
                && PlainElements.isReference(summary.getSubject(), "Patient")
                && summary.getEffective() instanceof Period period
                && isPeriodPlain(period)
                && summary.hasIssued()
                && PlainElements.isExactTime(summary.getIssuedElement())
                && PlainElements.isReference(summary.getDevice(), "Device")
                && isTextAlone(summary.getMethod());
    }

    private static boolean isIdPlain(IdType id) {
        return !id.hasExtension()
                && (!id.hasValue()
                        || PlainElements.isPlaceholder(id.getValue())
                        || (id.getIdPart() != null && PlainElements.isId(id.getIdPart())));
    }

    private static boolean isPeriodPlain(Period period) {
        return PlainElements.isBare(period)
                && period.hasStart()
                && period.hasEnd()
                && PlainElements.isExactTime(period.getStartElement())
                && PlainElements.isExactTime(period.getEndElement())
                && period.getStart().before(period.getEnd());
    }

    private static boolean isAllElseAbsent(Observation summary) {
        return !summary.hasImplicitRules()
                && !summary.hasLanguage()
                && !summary.hasText()
                && summary.getContained().isEmpty()
                && summary.getExtension().isEmpty()
                && !summary.hasModifierExtension()
                && !summary.hasBasedOn()
                && !summary.hasPartOf()
                && !summary.hasFocus()
                && !summary.hasEncounter()
                && !summary.hasPerformer()
                && !summary.hasValue()
                && !summary.hasDataAbsentReason()
                && !summary.hasInterpretation()
                && !summary.hasBodySite()
                && !summary.hasSpecimen()
                && !summary.hasReferenceRange()
                && !summary.hasHasMember()
                && !summary.hasDerivedFrom();
    }

    /** A risk, and in words why it could not be computed. */
    private static boolean isReasonPlain(ObservationComponentComponent component) {
        CodeableConcept reason = component.getDataAbsentReason();
        return PlainElements.isBare(component)
                && !component.hasModifierExtension()
                && !component.hasValue()
                && !component.hasInterpretation()
                && !component.hasReferenceRange()
                && RiskFlagCodes.ALL.stream()
                        .anyMatch(risk -> isCode(component.getCode(), Canonicals.OBSERVATION_CODES, risk))
                && reason.hasText()
                && isCode(reason, DATA_ABSENT_REASON, UNKNOWN);
    }

    private static boolean isNotePlain(Annotation note) {
        return PlainElements.isBare(note)
                && !note.hasAuthor()
                && !note.hasTimeElement()
                && PlainElements.isBare(note.getTextElement())
                && PlainElements.isProse(note.getText());
    }

    private static boolean isTextAlone(CodeableConcept concept) {
        return PlainElements.isBare(concept)
                && concept.getCoding().isEmpty()
                && PlainElements.isBare(concept.getTextElement())
                && PlainElements.isProse(concept.getText());
    }

    /** One coding and words or none. Without a display: the code systems have theirs. */
    private static boolean isCode(CodeableConcept concept, String system, String code) {
        return PlainElements.isBare(concept)
                && PlainElements.isBare(concept.getTextElement())
                && (!concept.hasTextElement() || PlainElements.isProse(concept.getText()))
                && concept.getCoding().size() == 1
                && PlainElements.isCoding(concept.getCoding().get(0), system, code)
                && !concept.getCoding().get(0).hasDisplayElement();
    }
}
