package eu.sinusnode.server.lane;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.Arrays;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/** Where it was measured: thresholds for home and office readings differ. */
public enum MeasurementSetting {
    HOME('h', Codes.HOME),
    OFFICE('o', Codes.OFFICE),
    NOT_STATED('-', null);

    private final char letter;
    private final @Nullable String code;

    MeasurementSetting(char letter, @Nullable String code) {
        this.letter = letter;
        this.code = code;
    }

    /** The byte that stands for it in a row. */
    public char letter() {
        return letter;
    }

    /** Code of {@link Canonicals#MEASUREMENT_SETTING_CODES}, or empty for {@link #NOT_STATED}. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    public static MeasurementSetting of(Observation observation) {
        return Optional.ofNullable(observation.getExtensionByUrl(Canonicals.MEASUREMENT_SETTING))
                .map(extension -> extension.getValue())
                .filter(value -> value.isPrimitive())
                .map(value -> value.primitiveValue())
                .flatMap(code -> Arrays.stream(values())
                        .filter(setting -> setting.code != null && setting.code.equals(code))
                        .findFirst())
                .orElse(NOT_STATED);
    }

    /** @throws IllegalArgumentException when no setting has this letter */
    public static MeasurementSetting ofLetter(char letter) {
        return Arrays.stream(values())
                .filter(setting -> setting.letter == letter)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No measurement setting has the letter " + letter));
    }
}
