package eu.sinusnode.profiles;

import java.util.List;
import org.hl7.fhir.utilities.i18n.I18nConstants;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.jspecify.annotations.Nullable;

/** The reference validator's messages as issues for a sender: one for each thing that is wrong. */
final class IssueTranslation {

    private IssueTranslation() {}

    static List<ValidationIssue> translate(List<ValidationMessage> messages) {
        List<ValidationIssue> issues =
                messages.stream().map(IssueTranslation::toIssue).distinct().toList();
        return issues.stream().filter(issue -> !repeatsAnother(issue, issues)).toList();
    }

    /**
     * A code that is in no code system is reported twice: as a code that does not exist, and as a breach of the binding or
     * pattern at the same element or below. The latter says what would be right.
     */
    private static boolean repeatsAnother(ValidationIssue issue, List<ValidationIssue> issues) {
        return isUnknownCode(issue)
                && issues.stream()
                        .anyMatch(other -> other.isError()
                                && !isUnknownCode(other)
                                && isAtOrBelow(other.location(), issue.location()));
    }

    private static boolean isUnknownCode(ValidationIssue issue) {
        return issue.isError() && I18nConstants.TERMINOLOGY_PASSTHROUGH_TX_MESSAGE.equals(issue.code());
    }

    private static boolean isAtOrBelow(String location, String ancestor) {
        return location.equals(ancestor) || location.startsWith(ancestor + ".");
    }

    private static ValidationIssue toIssue(ValidationMessage message) {
        return new ValidationIssue(
                severity(message),
                code(emptyIfNull(message.getMessageId())),
                emptyIfNull(message.getLocation()),
                emptyIfNull(message.getMessage()));
    }

    private static ValidationIssue.Severity severity(ValidationMessage message) {
        return switch (message.getLevel()) {
            case FATAL -> ValidationIssue.Severity.FATAL;
            case ERROR -> ValidationIssue.Severity.ERROR;
            case WARNING -> ValidationIssue.Severity.WARNING;
            default -> ValidationIssue.Severity.INFORMATION;
        };
    }

    /** An invariant's message id is the profile's canonical URL, a hash sign and the key; the key alone names it. */
    private static String code(String messageId) {
        return messageId.substring(messageId.indexOf('#') + 1);
    }

    private static String emptyIfNull(@Nullable String text) {
        return text == null ? "" : text;
    }
}
