package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;

/** What a profile cannot say: times against the clock, check digits, what a Binary protects, whether a Consent compiles, whether a document is signed. */
public final class ContentRules {

    private final ConsentCompiler compiler;
    private final Duration futureTolerance;

    public ContentRules(ConsentCompiler compiler, Duration futureTolerance) {
        this.compiler = compiler;
        this.futureTolerance = futureTolerance;
    }

    /** @param canonical gives for a reference what it will be stored as, or itself */
    public List<WriteIssue> check(Resource resource, Instant now, Function<String, String> canonical) {
        if (resource instanceof Observation observation) {
            return times(observation, now.plus(futureTolerance));
        }
        if (resource instanceof Patient patient) {
            return numbers(patient);
        }
        if (resource instanceof Binary binary) {
            return context(binary, canonical);
        }
        if (resource instanceof Bundle document) {
            return DocumentRules.check(document);
        }
        if (resource instanceof Consent consent
                && compiler.compile(consent, 1, canonical) instanceof Compilation.Refused refused) {
            return List.of(new WriteIssue(DenialCode.CONSENT_WRITE, refused.path(), refused.reason()));
        }
        return List.of();
    }

    private static List<WriteIssue> times(Observation observation, Instant latest) {
        List<WriteIssue> issues = new ArrayList<>();
        if (observation.getEffective() instanceof DateTimeType effective) {
            notAfter(issues, effective, latest, "Observation.effective.ofType(dateTime)");
        } else if (observation.getEffective() instanceof InstantType effective) {
            notAfter(issues, effective, latest, "Observation.effective.ofType(instant)");
        } else if (observation.getEffective() instanceof Period period) {
            notAfter(issues, period.getStartElement(), latest, "Observation.effective.ofType(Period).start");
            notAfter(issues, period.getEndElement(), latest, "Observation.effective.ofType(Period).end");
        } else if (observation.getEffective() instanceof Timing timing && !isOneStretch(timing)) {
            issues.add(new WriteIssue(
                    DenialCode.PROFILE,
                    "Observation.effective.ofType(Timing)",
                    "the events stand in their order, and either events or bounds say when it was"));
        }
        notAfter(issues, observation.getIssuedElement(), latest, "Observation.issued");
        return issues;
    }

    /** The storage's index ends a Timing with the event that stands last, so that another one would be found as earlier. */
    private static boolean isOneStretch(Timing timing) {
        List<Date> events = timing.getEvent().stream()
                .map(DateTimeType::getValue)
                .filter(Objects::nonNull)
                .toList();
        return events.isEmpty()
                || events.equals(events.stream().sorted().toList())
                        && !(timing.getRepeat().getBounds() instanceof Period);
    }

    private static void notAfter(
            List<WriteIssue> issues, @Nullable BaseDateTimeType element, Instant latest, String path) {
        Date value = element == null ? null : element.getValue();
        if (value != null && value.toInstant().isAfter(latest)) {
            issues.add(new WriteIssue(DenialCode.PROFILE, path, "the time lies in the future"));
        }
    }

    private static List<WriteIssue> numbers(Patient patient) {
        List<WriteIssue> issues = new ArrayList<>();
        for (int i = 0; i < patient.getIdentifier().size(); i++) {
            Identifier identifier = patient.getIdentifier().get(i);
            if (Codes.KVNR.equals(identifier.getSystem()) && !Kvnr.isValid(String.valueOf(identifier.getValue()))) {
                issues.add(new WriteIssue(
                        DenialCode.PROFILE,
                        "Patient.identifier[" + i + "].value",
                        "the value is no health insurance number: form or check digit is wrong"));
            }
        }
        return issues;
    }

    private static List<WriteIssue> context(Binary binary, Function<String, String> canonical) {
        String reference = binary.getSecurityContext().getReference();
        boolean patient = reference != null
                && (canonical.apply(reference).startsWith("Patient/") || reference.startsWith("urn:uuid:"));
        return patient
                ? List.of()
                : List.of(new WriteIssue(
                        DenialCode.PROFILE, "Binary.securityContext", "a Binary names the Patient it belongs to"));
    }
}
