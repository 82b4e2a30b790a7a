package eu.sinusnode.policy.narrowing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;

/**
 * By type, the values of status that say that somebody answers for the content. What is registered, partial or
 * preliminary is not shown to patients and insurers; what was cancelled was taken back before anybody signed it.
 */
public final class SignedStates {

    private static final List<String> OBSERVATION = List.of("amended", "corrected", "entered-in-error", "final");

    private static final Map<String, List<String>> BY_TYPE = Map.of(
            "Observation", OBSERVATION,
            "RiskAssessment", OBSERVATION,
            "DiagnosticReport", List.of("amended", "appended", "corrected", "entered-in-error", "final"));

    private SignedStates() {}

    /** Sorted; empty for a type that is not signed. */
    public static Optional<List<String>> of(String resourceType) {
        return Optional.ofNullable(BY_TYPE.get(resourceType));
    }

    /** Of unknown status is as unsigned as of an early one. */
    public static boolean isUnsigned(Resource resource) {
        return of(resource.fhirType())
                .filter(signed -> status(resource).filter(signed::contains).isEmpty())
                .isPresent();
    }

    private static Optional<String> status(Resource resource) {
        if (resource instanceof Observation observation) {
            return Optional.ofNullable(observation.getStatus()).map(Observation.ObservationStatus::toCode);
        } else if (resource instanceof RiskAssessment assessment) {
            return Optional.ofNullable(assessment.getStatus()).map(RiskAssessment.RiskAssessmentStatus::toCode);
        } else if (resource instanceof DiagnosticReport report) {
            return Optional.ofNullable(report.getStatus()).map(DiagnosticReport.DiagnosticReportStatus::toCode);
        }
        return Optional.empty();
    }
}
