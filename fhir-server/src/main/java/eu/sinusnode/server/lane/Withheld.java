package eu.sinusnode.server.lane;

import eu.sinusnode.policy.consent.Permit;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a patient's permits leave out of the things that an analysis of readings asks for. */
final class Withheld {

    private static final Map<String, String> OBSERVATION_CODES = observationCodes();

    private Withheld() {}

    /**
     * Observation codes (of the lane, and the RR-interval series) and the types of the series' content that no permit
     * covers; codes first, empty when nothing is withheld. The consent decision draws the same line: a permit limited to
     * a code covers what carries the code, so no Binary.
     *
     * @param permits of one patient for one organization and purpose
     */
    static List<String> of(List<Permit> permits) {
        List<String> withheld = new ArrayList<>();
        OBSERVATION_CODES.forEach((code, system) -> {
            if (permits.stream().noneMatch(permit -> covers(permit, "Observation", system, code))) {
                withheld.add(code);
            }
        });
        if (permits.stream()
                .noneMatch(permit ->
                        covers(permit, "DocumentReference", Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES))) {
            withheld.add("DocumentReference");
        }
        if (permits.stream().noneMatch(permit -> permit.code() == null && coversType(permit, "Binary"))) {
            withheld.add("Binary");
        }
        return withheld;
    }

    private static boolean covers(Permit permit, String type, String system, String code) {
        return coversType(permit, type)
                && (permit.code() == null || (code.equals(permit.code()) && system.equals(permit.codeSystem())));
    }

    private static boolean coversType(Permit permit, String type) {
        return permit.resourceType() == null || permit.resourceType().equals(type);
    }

    private static Map<String, String> observationCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (VitalCode code : VitalCode.values()) {
            codes.put(code.observationCode(), Codes.LOINC);
        }
        codes.put(Codes.RR_INTERVAL_SERIES, Canonicals.OBSERVATION_CODES);
        return codes;
    }
}
