package eu.sinusnode.server.measurements;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.lane.VitalCode;
import eu.sinusnode.server.projection.ResourceIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was measured of a patient: vital signs by their readings, everything else by the Observations themselves. */
final class Measurements {

    private final LaneReadings lane;
    private final StoredValues stored;

    Measurements(LaneReadings lane, StoredValues stored) {
        this.lane = lane;
        this.stored = stored;
    }

    /** The vital codes that a code stands for: its own, or for a blood pressure those of both components. */
    static List<VitalCode> vitalCodes(Code code) {
        return code.system().equals(Codes.LOINC)
                ? Arrays.stream(VitalCode.values())
                        .filter(vital -> vital.loinc().equals(code.code())
                                || vital.observationCode().equals(code.code()))
                        .toList()
                : List.of();
    }

    /** One series a code; of a panel one for each of its components. */
    List<Series> read(PermittedRecords.Of permitted, String patientId, List<Code> codes, Period period, Source source) {
        Optional<UUID> patient = ResourceIds.parse(patientId);
        List<Series> series = new ArrayList<>();
        for (Code code : codes) {
            List<VitalCode> vital = vitalCodes(code);
            if (!vital.isEmpty()) {
                vital.forEach(each -> series.add(patient.map(id -> lane.read(permitted, id, each, period, source))
                        .orElseGet(() -> none(each))));
            } else {
                series.addAll(patient.filter(id -> !permitted.isNothing())
                        .map(id -> stored.read(permitted, id, code, period))
                        .orElseGet(() -> List.of(new Series(code, "", List.of(), 0))));
            }
        }
        // A panel and one of its components may both have been named.
        return series.stream().distinct().toList();
    }

    private static Series none(VitalCode code) {
        return new Series(new Code(Codes.LOINC, code.loinc()), code.unit(), List.of(), 0);
    }
}
