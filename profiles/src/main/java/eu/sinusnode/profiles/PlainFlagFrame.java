package eu.sinusnode.profiles;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;

/** What the flags of the analysis and its summaries have in common, in the plainest form. */
final class PlainFlagFrame {

    private static final Set<String> PARTS = Set.of(
            "id",
            "identifier",
            "status",
            "category",
            "code",
            "subject",
            "effective[x]",
            "issued",
            "method",
            "device",
            "component",
            "note");

    private PlainFlagFrame() {}

    /**
     * @param codes what it may tell of
     * @param further parts that it may have beside, which are looked at elsewhere, as are the components
     */
    static boolean isPlain(Observation flag, Collection<String> codes, Set<String> further) {
        Set<String> parts = new HashSet<>(PARTS);
        parts.addAll(further);
        return flag.getClass() == Observation.class
                && PlainElements.hasOnly(flag, parts)
                && PlainElements.isIdOrAbsent(flag.getIdElement())
                && isNamed(flag)
                && flag.getStatus() == ObservationStatus.PRELIMINARY
                && PlainElements.isBare(flag.getStatusElement())
                && flag.getCategory().size() == 1
                && PlainElements.isCode(flag.getCategory().get(0), Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG)
                && PlainElements.isCode(flag.getCode(), Canonicals.OBSERVATION_CODES, codes)
                && PlainElements.isReference(flag.getSubject(), "Patient")
                && flag.getEffective() instanceof Period period
                && isPeriodPlain(period)
                && flag.hasIssued()
                && PlainElements.isExactTime(flag.getIssuedElement())
                && PlainElements.isReference(flag.getDevice(), "Device")
                && PlainElements.isTextAlone(flag.getMethod())
                && !flag.getNote().isEmpty()
                && flag.getNote().stream().allMatch(PlainFlagFrame::isNotePlain);
    }

    private static boolean isNamed(Observation flag) {
        return flag.getIdentifier().size() == 1
                && PlainElements.isIdentifier(flag.getIdentifier().get(0))
                && Canonicals.RISK_FLAG_IDENTIFIER.equals(
                        flag.getIdentifier().get(0).getSystem());
    }

    /** From one moment to a later one, or all of it one moment. */
    static boolean isPeriodPlain(Period period) {
        return PlainElements.isBare(period)
                && period.hasStart()
                && period.hasEnd()
                && PlainElements.isExactTime(period.getStartElement())
                && PlainElements.isExactTime(period.getEndElement())
                && (period.getStart().before(period.getEnd())
                        || period.getStartElement()
                                .getValueAsString()
                                .equals(period.getEndElement().getValueAsString()));
    }

    private static boolean isNotePlain(Annotation note) {
        return PlainElements.isBare(note)
                && PlainElements.hasOnly(note, Set.of("text"))
                && PlainElements.isBare(note.getTextElement())
                && PlainElements.isProse(note.getText());
    }
}
