package eu.sinusnode.profiles;

/**
 * One thing that validation found in a resource.
 *
 * @param code what kind of problem it is, stable across resources: the key of an invariant (e.g. {@code sn-bp-3}) or the
 *     validator's message id (e.g. {@code Validation_VAL_Profile_Minimum})
 * @param location FHIRPath of the element, e.g. {@code Observation.component[0].value.ofType(Quantity)}
 * @param message a sentence for the sender; it may quote the sender's own value, so it belongs into the answer and not
 *     into a log
 */
public record ValidationIssue(Severity severity, String code, String location, String message) {

    /** As FHIR's issue-severity, the worst first. */
    public enum Severity {
        FATAL,
        ERROR,
        WARNING,
        INFORMATION
    }

    /** Whether the resource must be refused because of this issue. */
    public boolean isError() {
        return severity == Severity.FATAL || severity == Severity.ERROR;
    }
}
