package eu.sinusnode.server.lane;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentRequest;
import eu.sinusnode.policy.consent.ConsentRules;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.PermittedTimes;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.RiskInputCodes;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a patient's Consents leave of the things that an analysis of readings asks for. The lane knows one code of each
 * reading: a patient who denies single codes of Observations has none of them read. It knows the moment of each reading,
 * and of what is counted over a period the beginning alone: that is read when all times are permitted.
 *
 * @param spans of which readings may be read
 * @param inputs which of what rules ask for beside them may be read
 * @param denied ids of Observations whose readings may not be read all the same
 * @param dependsOnLabels whether a rule is about labels: what carries any may then not be read, since it is not known
 *     here which they are
 * @param withheld Observation codes (of the lane, the RR-interval series, and those that rules ask for beside them) of
 *     which anything is not permitted, and the types of the series' content, and the types beside them of which not all is
 *     permitted; empty when nothing is withheld
 */
record PermittedReadings(
        List<Span> spans, List<Input> inputs, List<UUID> denied, boolean dependsOnLabels, List<String> withheld) {

    /** Readings of a code that were measured within some time. */
    record Span(String observationCode, Validity time) {}

    /**
     * What rules ask of a record beside readings.
     *
     * @param code of Observations, of which what was measured within the time may be read; else empty
     */
    record Input(String resourceType, String code, Validity time) {}

    private static final String OBSERVATION = "Observation/";

    /** What an analysis reads beside readings. Of these, what is not there counts as absent: a part is not enough. */
    static final List<String> WHOLE_TYPES = List.of("Condition", "Goal", "MedicationRequest", "Patient");

    private static final Set<String> COUNTED_OVER_A_PERIOD = Arrays.stream(VitalCode.values())
            .filter(VitalCode::isOverPeriod)
            .map(VitalCode::observationCode)
            .collect(Collectors.toUnmodifiableSet());

    PermittedReadings {
        spans = List.copyOf(spans);
        inputs = List.copyOf(inputs);
        denied = List.copyOf(denied);
        withheld = List.copyOf(withheld);
    }

    /** Without some Observations more. */
    PermittedReadings without(List<UUID> observations) {
        List<UUID> all = new ArrayList<>(denied);
        all.addAll(observations);
        return new PermittedReadings(spans, inputs, all, dependsOnLabels, withheld);
    }

    /** @param directives of one patient */
    static PermittedReadings of(List<Directive> directives, ConsentRequest request, Instant at) {
        List<Span> spans = new ArrayList<>();
        List<Input> inputs = new ArrayList<>();
        List<String> withheld = new ArrayList<>();
        Function<String, List<Validity>> permittedTimes = times(directives, request, at);
        for (String code : observationCodes()) {
            List<Validity> times = permittedTimes.apply(code);
            boolean all = times.equals(PermittedTimes.ALL);
            if (!all) {
                withheld.add(code);
            }
            if (all || !COUNTED_OVER_A_PERIOD.contains(code)) {
                times.forEach(time -> spans.add(new Span(code, time)));
            }
        }
        Code series = new Code(Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES);
        if (!ConsentRules.permitAllWith(directives, request, "Observation", series, true, null, at)) {
            withheld.add(series.code());
        }
        if (!ConsentRules.permitAllWith(directives, request, "DocumentReference", series, true, null, at)) {
            withheld.add("DocumentReference");
        }
        if (!ConsentRules.permitWithoutCode(directives, request, "Binary", at)) {
            withheld.add("Binary");
        }
        for (String code : RiskInputCodes.OF_OBSERVATIONS) {
            List<Validity> times = permittedTimes.apply(code);
            if (!times.equals(PermittedTimes.ALL)) {
                withheld.add(code);
            }
            times.forEach(time -> inputs.add(new Input("Observation", code, time)));
        }
        for (String type : WHOLE_TYPES) {
            if (ConsentRules.permitAll(directives, request, type, at)) {
                inputs.add(new Input(type, "", PermittedTimes.ALL.get(0)));
            } else {
                withheld.add(type);
            }
        }
        return new PermittedReadings(
                spans,
                inputs,
                denied(directives, request, at),
                PermittedTimes.dependOnLabels(directives, request, at),
                withheld);
    }

    /** Nearly everybody permits all Observations, and then no code has to be looked at. */
    private static Function<String, List<Validity>> times(
            List<Directive> directives, ConsentRequest request, Instant at) {
        return ConsentRules.permitAll(directives, request, "Observation", at)
                ? code -> PermittedTimes.ALL
                : code -> PermittedTimes.of(
                        directives, request, "Observation", new Code(RiskInputCodes.systemOf(code), code), at);
    }

    private static List<UUID> denied(List<Directive> directives, ConsentRequest request, Instant at) {
        return PermittedTimes.deniedRecords(directives, request, at).stream()
                .filter(path -> path.startsWith(OBSERVATION))
                .map(path -> ResourceIds.parse(path.substring(OBSERVATION.length())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Set<String> observationCodes() {
        return Arrays.stream(VitalCode.values())
                .map(VitalCode::observationCode)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
