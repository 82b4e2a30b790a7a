package eu.sinusnode.keycloak.context;

import eu.sinusnode.keycloak.picker.ListedPatient;
import eu.sinusnode.keycloak.picker.PatientList;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Errors;

/** What the person sees while a patient is chosen, or why none can be. */
final class PickerPage {

    /** Fields of the page's form. */
    static final String PATIENT = "patient";

    static final String NAME = "name";
    static final String CANCEL = "cancel";

    private static final String TEMPLATE = "sinusnode-patient-picker.ftl";

    private PickerPage() {}

    static void show(AuthenticationFlowContext context, PatientList list, String name) {
        Locale locale = context.getSession().getContext().resolveLocale(context.getUser());
        List<Map<String, String>> rows =
                list.patients().stream().map(patient -> row(patient, locale)).toList();
        context.challenge(context.form()
                .setAttribute("patients", rows)
                .setAttribute("more", list.more())
                .setAttribute("searched", name)
                .setAttribute("available", true)
                .createForm(TEMPLATE));
    }

    /** The login stands still until the FHIR server answers; the page offers to try again. */
    static void unavailable(AuthenticationFlowContext context) {
        context.forceChallenge(context.form()
                .setStatus(Response.Status.SERVICE_UNAVAILABLE)
                .setAttribute("patients", List.of())
                .setAttribute("more", false)
                .setAttribute("searched", "")
                .setAttribute("available", false)
                .setError("sinusnodePickerUnavailable")
                .createForm(TEMPLATE));
    }

    /**
     * Ends the login with a page.
     *
     * @param reason for the event log, without anybody's name
     */
    static void refuse(AuthenticationFlowContext context, String reason, String message) {
        context.getEvent().user(context.getUser()).detail("reason", reason).error(Errors.ACCESS_DENIED);
        context.forceChallenge(context.form().setError(message).createErrorPage(Response.Status.FORBIDDEN));
    }

    private static Map<String, String> row(ListedPatient patient, Locale locale) {
        return Map.of("id", patient.id(), "name", patient.name(), "birthDate", date(patient.birthDate(), locale));
    }

    private static String date(String fhirDate, Locale locale) {
        try {
            return LocalDate.parse(fhirDate)
                    .format(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                            .withLocale(locale));
        } catch (DateTimeParseException e) {
            // Only a year, or a year and a month: shown as it is.
            return fhirDate;
        }
    }
}
