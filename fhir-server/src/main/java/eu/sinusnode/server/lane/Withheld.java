package eu.sinusnode.server.lane;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentRequest;
import eu.sinusnode.policy.consent.ConsentRules;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a patient's Consents leave out of the things that an analysis of readings asks for. */
final class Withheld {

    private static final Map<String, String> OBSERVATION_CODES = observationCodes();

    private Withheld() {}

    /**
     * Observation codes (of the lane, and the RR-interval series) and the types of the series' content that are not
     * permitted; codes first, empty when nothing is withheld. The lane knows one code of each reading: a patient who denies
     * single codes of Observations has none of them read.
     *
     * @param directives of one patient
     */
    static List<String> of(List<Directive> directives, ConsentRequest request, Instant at) {
        List<String> withheld = new ArrayList<>();
        OBSERVATION_CODES.forEach((code, system) -> {
            if (!ConsentRules.permitAllWith(directives, request, "Observation", new Code(system, code), at)) {
                withheld.add(code);
            }
        });
        Code series = new Code(Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES);
        if (!ConsentRules.permitAllWith(directives, request, "DocumentReference", series, at)) {
            withheld.add("DocumentReference");
        }
        if (!ConsentRules.permitWithoutCode(directives, request, "Binary", at)) {
            withheld.add("Binary");
        }
        return withheld;
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
