package eu.sinusnode.server.lane;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.Arrays;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.jspecify.annotations.Nullable;

/** What measured: a blood pressure of a cuff and one of a watch are not the same evidence. */
public enum DeviceKind {
    CUFF('c', Codes.CUFF),
    CUFFLESS('l', Codes.CUFFLESS),
    PPG('p', Codes.PPG),
    ECG('e', Codes.ECG),
    SCALE('s', Codes.SCALE),
    NOT_STATED('-', null);

    private final char letter;
    private final @Nullable String code;

    DeviceKind(char letter, @Nullable String code) {
        this.letter = letter;
        this.code = code;
    }

    /** The byte that stands for it in a row. */
    public char letter() {
        return letter;
    }

    /** Code of {@link Canonicals#DEVICE_KINDS}, or empty for {@link #NOT_STATED}. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    public static DeviceKind of(Device device) {
        return device.getType().getCoding().stream()
                .filter(coding -> Canonicals.DEVICE_KINDS.equals(coding.getSystem()))
                .map(Coding::getCode)
                .flatMap(code -> Arrays.stream(values()).filter(kind -> kind.code != null && kind.code.equals(code)))
                .findFirst()
                .orElse(NOT_STATED);
    }

    /** @throws IllegalArgumentException when no kind has this letter */
    public static DeviceKind ofLetter(char letter) {
        return Arrays.stream(values())
                .filter(kind -> kind.letter == letter)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No device kind has the letter " + letter));
    }
}
