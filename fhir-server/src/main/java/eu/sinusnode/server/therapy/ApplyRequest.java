package eu.sinusnode.server.therapy;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The Parameters of {@code PlanDefinition/$apply}.
 *
 * @param patient id of the subject
 * @param canonical of the programme, with or without a version; null when the request names it by its id
 */
record ApplyRequest(String patient, @Nullable String canonical) {

    private static final Set<String> NAMES = Set.of("subject", "practitioner", "organization", "canonical");
    private static final Pattern PATIENT = Pattern.compile("(?:Patient/)?([A-Za-z0-9\\-.]{1,64})");
    private static final Pattern CANONICAL =
            Pattern.compile("(?:https?://|urn:)[^\\s|,\\\\$]{1,500}(?:\\|[^\\s|,\\\\$]{1,100})?");

    /**
     * @param byId whether the request's path names the programme
     * @param caller who is the practitioner and whose clinic is the organization; they may be named and nobody else
     */
    static ApplyRequest read(@Nullable IBaseResource body, boolean byId, Caller caller) {
        if (!(body instanceof Parameters parameters)) {
            throw malformed("the body is Parameters");
        }
        Map<String, String> given = new HashMap<>();
        for (ParametersParameterComponent each : parameters.getParameter()) {
            String name = String.valueOf(each.getName());
            String value = text(each.getValue());
            if (!NAMES.contains(name) || value == null || given.put(name, value) != null) {
                throw malformed(
                        "it takes subject, practitioner, organization and canonical, each as text or a Reference and once, and no others");
            }
        }
        sameAs(given.get("practitioner"), String.valueOf(caller.fhirUser()), "practitioner is the clinician who asks");
        sameAs(
                given.get("organization"),
                "Organization/" + caller.organizationId(),
                "organization is the clinic of the clinician who asks");
        return new ApplyRequest(patient(given.get("subject")), canonical(given.get("canonical"), byId));
    }

    private static String patient(@Nullable String subject) {
        return Optional.ofNullable(subject)
                .map(PATIENT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .orElseThrow(() -> malformed("subject is Patient/[id]"));
    }

    private static @Nullable String canonical(@Nullable String canonical, boolean byId) {
        if (byId != (canonical == null)) {
            throw malformed("the programme is named once: by PlanDefinition/[id]/$apply, or by canonical");
        }
        if (canonical != null && !CANONICAL.matcher(canonical).matches()) {
            throw malformed("canonical is the url of a PlanDefinition, with |version or without");
        }
        return canonical;
    }

    private static void sameAs(@Nullable String given, String expected, String otherwise) {
        if (given != null && !given.equals(expected)) {
            throw malformed(otherwise);
        }
    }

    private static @Nullable String text(@Nullable Type value) {
        if (value instanceof Reference reference) {
            return reference.getReference();
        }
        return value instanceof PrimitiveType<?> primitive ? primitive.getValueAsString() : null;
    }

    static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.PLAN_REQUEST, what);
    }
}
