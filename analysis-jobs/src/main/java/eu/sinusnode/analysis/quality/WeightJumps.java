package eu.sinusnode.analysis.quality;

import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Weights of another person on the same scale, or with a bag in hand: more than 5 kg from the median of the others within
 * three days before and after. A change that stays is the median itself after a day or two and is used from then on. Of
 * two weights that have only each other neither is known to be the patient's, and both are left out.
 */
final class WeightJumps {

    static final double LARGEST_KG = 5;
    static final Duration AROUND = Duration.ofDays(3);

    private WeightJumps() {}

    /** @param readings by time, in their canonical units */
    static Set<VitalReading> of(List<VitalReading> readings) {
        List<VitalReading> weights = readings.stream()
                .filter(reading -> reading.code().equals(Codes.BODY_WEIGHT))
                .toList();
        return IntStream.range(0, weights.size())
                .filter(index -> isJump(index, weights))
                .mapToObj(weights::get)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isJump(int index, List<VitalReading> weights) {
        VitalReading weight = weights.get(index);
        int from = index;
        while (from > 0 && isAround(weights.get(from - 1), weight)) {
            from--;
        }
        int to = index + 1;
        while (to < weights.size() && isAround(weights.get(to), weight)) {
            to++;
        }
        double[] others = IntStream.range(from, to)
                .filter(other -> other != index)
                .mapToDouble(other -> weights.get(other).value())
                .toArray();
        return others.length > 0 && Math.abs(weight.value() - median(others)) > LARGEST_KG;
    }

    private static boolean isAround(VitalReading other, VitalReading weight) {
        return Duration.between(weight.effective(), other.effective()).abs().compareTo(AROUND) <= 0;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
