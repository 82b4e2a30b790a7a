package eu.sinusnode.analysis.calendar;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The German Länder, by their codes of ISO 3166-2. */
public enum FederalState {
    BB,
    BE,
    BW,
    BY,
    HB,
    HE,
    HH,
    MV,
    NI,
    NW,
    RP,
    SH,
    SL,
    SN,
    ST,
    TH;

    private static final String GERMANY = "DE-";

    /**
     * @param code e.g. {@code DE-BY}
     * @throws IllegalArgumentException for any other one
     */
    public static FederalState of(String code) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(code.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + code + "' is no Land; it is one of "
                        + Arrays.stream(values()).map(FederalState::code).collect(Collectors.joining(", "))));
    }

    public String code() {
        return GERMANY + name();
    }
}
