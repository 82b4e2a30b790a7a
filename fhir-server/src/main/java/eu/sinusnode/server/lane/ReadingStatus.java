package eu.sinusnode.server.lane;

import java.util.Arrays;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/** {@code Observation.status} of a reading. */
public enum ReadingStatus {
    REGISTERED('r', "registered"),
    PRELIMINARY('p', "preliminary"),
    FINAL('f', "final"),
    AMENDED('a', "amended"),
    CORRECTED('c', "corrected"),
    CANCELLED('x', "cancelled"),
    ENTERED_IN_ERROR('e', "entered-in-error"),
    UNKNOWN('u', "unknown");

    private final char letter;
    private final String code;

    ReadingStatus(char letter, String code) {
        this.letter = letter;
        this.code = code;
    }

    /** The byte that stands for it in a row. */
    public char letter() {
        return letter;
    }

    /** The FHIR code. */
    public String code() {
        return code;
    }

    /** Whether something was measured: not what was entered in error or never came to be. */
    public boolean isMeasurement() {
        return this != ENTERED_IN_ERROR && this != CANCELLED;
    }

    /** The status, {@link #UNKNOWN} when the Observation has none. */
    public static ReadingStatus of(Observation observation) {
        @Nullable
        String code = observation.hasStatus() ? observation.getStatus().toCode() : null;
        return Optional.ofNullable(code)
                .flatMap(stated -> Arrays.stream(values())
                        .filter(status -> status.code.equals(stated))
                        .findFirst())
                .orElse(UNKNOWN);
    }

    /** @throws IllegalArgumentException when no status has this letter */
    public static ReadingStatus ofLetter(char letter) {
        return Arrays.stream(values())
                .filter(status -> status.letter == letter)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No reading status has the letter " + letter));
    }
}
