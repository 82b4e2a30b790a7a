package eu.sinusnode.server.signoff;

import eu.sinusnode.profiles.Codes;
import java.util.Arrays;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;

/** What a clinician decides on a risk flag; the codes of the CodeSystem {@code sign-off-decision}. */
enum SignOffDecision {
    ACCEPT(Codes.ACCEPT, "Accepted.", ObservationStatus.FINAL),
    OVERRIDE(Codes.OVERRIDE, "Overridden.", ObservationStatus.ENTEREDINERROR);

    private final String code;
    private final String words;
    private final ObservationStatus status;

    SignOffDecision(String code, String words, ObservationStatus status) {
        this.code = code;
        this.words = words;
        this.status = status;
    }

    static Optional<SignOffDecision> of(String code) {
        return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
    }

    String code() {
        return code;
    }

    /** How a note on the flag begins. */
    String words() {
        return words;
    }

    /** What the flag becomes by it. */
    ObservationStatus status() {
        return status;
    }
}
