package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.AdherenceFigure;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How much was kept of what a therapy plan asks to be measured, for the reason why a rule has too little to judge by. */
final class PlannedMeasurements {

    private PlannedMeasurements() {}

    /**
     * A sentence for each order whose figure was computed of readings with one of these codes, with a space before it; empty when
     * there is none of the last two weeks.
     */
    static String kept(PatientFeatures features, Set<String> codes) {
        LocalDate day = features.recent().lastDay();
        Set<String> measured = features.given().readings().vitals().stream()
                .filter(reading -> codes.contains(reading.code()))
                .map(VitalReading::observation)
                .collect(Collectors.toSet());
        return features.facts().adherence().stream()
                .filter(figure -> figure.code().equals(Codes.MEASUREMENTS_KEPT))
                .filter(figure -> figure.percent() != null && figure.isOfTheTwoWeeksUpTo(day))
                .filter(figure -> figure.madeOf().stream().anyMatch(measured::contains))
                .sorted(Comparator.comparing(AdherenceFigure::reference))
                .map(figure -> String.format(
                        Locale.ROOT,
                        " Of the measurements that the plan asked for from %s to %s, %.1f %% were kept.",
                        figure.from(),
                        figure.to(),
                        figure.percent()))
                .collect(Collectors.joining());
    }
}
