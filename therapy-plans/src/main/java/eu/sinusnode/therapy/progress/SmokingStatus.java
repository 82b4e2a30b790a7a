package eu.sinusnode.therapy.progress;

import eu.sinusnode.profiles.Codes;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What a smoking status (LOINC 72166-2) in SNOMED CT says. */
public enum SmokingStatus {
    /** Smokes daily, some days, or in a way that is not stated. */
    SMOKES,
    /** Has stopped, or never smoked. */
    SMOKES_NOT,
    /** Another code, none, or codes that contradict each other. */
    NOT_SAID;

    private static final Set<String> SMOKERS = Set.of("449868002", "428041000124106", "77176002");
    private static final Set<String> NON_SMOKERS = Set.of("8517006", "266919005");

    public static SmokingStatus of(@Nullable Type value) {
        boolean smokes = isOneOf(value, SMOKERS);
        return smokes == isOneOf(value, NON_SMOKERS) ? NOT_SAID : smokes ? SMOKES : SMOKES_NOT;
    }

    private static boolean isOneOf(@Nullable Type value, Set<String> codes) {
        return value instanceof CodeableConcept concept
                && concept.getCoding().stream()
                        .filter(coding -> Codes.SNOMED.equals(coding.getSystem()))
                        .map(Coding::getCode)
                        .anyMatch(code -> code != null && codes.contains(code));
    }
}
