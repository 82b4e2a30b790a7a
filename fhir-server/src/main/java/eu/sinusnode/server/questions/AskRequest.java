package eu.sinusnode.server.questions;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.triage.Complaint;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The Parameters of {@code Communication/$ask}.
 *
 * @param text the question in the patient's words
 * @param complaints those of them that are told in codes
 * @param clinic id of the Organization that is asked; null for the only one that may be
 * @param request names this question to its sender, so that it can be sent again; null for one that is sent once
 */
record AskRequest(
        String text,
        Set<Complaint> complaints,
        @Nullable UUID clinic,
        @Nullable UUID request) {

    static final int LONGEST = 2_000;

    private static final Pattern CLINIC = Pattern.compile("Organization/([A-Za-z0-9\\-]{36})");

    static AskRequest read(@Nullable IBaseResource body) {
        if (!(body instanceof Parameters parameters)) {
            throw malformed("the body is Parameters");
        }
        @Nullable String text = null;
        @Nullable UUID clinic = null;
        @Nullable UUID request = null;
        Set<Complaint> complaints = EnumSet.noneOf(Complaint.class);
        for (ParametersParameterComponent each : parameters.getParameter()) {
            Type value = each.getValue();
            switch (String.valueOf(each.getName())) {
                case "question" -> text = once(text, text(value));
                case "complaint" -> complaints.add(complaint(value));
                case "clinic" -> clinic = once(clinic, clinic(value));
                case "request" -> request = once(request, request(value));
                default -> throw malformed("it takes question, complaint, clinic and request, and no others");
            }
        }
        if (text == null) {
            throw malformed("question is missing");
        }
        return new AskRequest(text, complaints, clinic, request);
    }

    private static <T> T once(@Nullable T before, T value) {
        if (before != null) {
            throw malformed("question, clinic and request are there once");
        }
        return value;
    }

    private static String text(@Nullable Type value) {
        if (value instanceof StringType string
                && string.hasValue()
                && !string.getValue().isBlank()
                && string.getValue().length() <= LONGEST) {
            return string.getValue();
        }
        throw malformed("question is a string of 1 to " + LONGEST + " characters");
    }

    private static Complaint complaint(@Nullable Type value) {
        if (value instanceof Coding coding && Codes.SNOMED.equals(coding.getSystem())) {
            return Complaint.of(String.valueOf(coding.getCode()))
                    .orElseThrow(() -> malformed("complaint is none of the codes of docs/triage.md"));
        }
        throw malformed("complaint is a Coding of " + Codes.SNOMED);
    }

    private static UUID clinic(@Nullable Type value) {
        if (value instanceof Reference reference) {
            var path = CLINIC.matcher(String.valueOf(reference.getReference()));
            if (path.matches()) {
                return uuid("clinic", path.group(1));
            }
        }
        throw malformed("clinic is a Reference: Organization/[id]");
    }

    private static UUID request(@Nullable Type value) {
        if (value instanceof IdType id) {
            return uuid("request", String.valueOf(id.getIdPart()));
        }
        throw malformed("request is an id: a UUID that the app has made");
    }

    private static UUID uuid(String name, String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw malformed(name + " names no UUID");
        }
    }

    static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.QUESTION_REQUEST, what);
    }
}
