package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.AdherenceFigure;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.Recorded;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What recorded intakes covered of the prescriptions that lower blood pressure, beside a flag that was raised without it. It
 * judges nothing: below 80 % is called low, as studies over dispensed supply do (Nau 2012, PQA), and what is not computable is
 * never called not taken.
 *
 * @param covered figures of the last two weeks, in the order of their references
 */
record PressureTreatment(List<AdherenceFigure> covered, Recorded<DrugClass> drugs) {

    private static final double LOW_BELOW = 80;

    static PressureTreatment of(PatientFeatures features) {
        LocalDate day = features.recent().lastDay();
        return new PressureTreatment(
                features.facts().covered(DrugClass.ANTIHYPERTENSIVES).stream()
                        .filter(figure -> figure.isOfTheTwoWeeksUpTo(day))
                        .toList(),
                features.facts().drugs());
    }

    /** Nothing when nothing was computed. */
    List<String> reasons() {
        return covered.isEmpty()
                ? List.of()
                : List.of(
                        "Days covered by recorded intakes of prescriptions that lower blood pressure: "
                                + covered.stream().map(this::words).collect(Collectors.joining("; ")) + ".",
                        "Whether the drugs are taken is to be looked at before treatment is intensified, as is known from apparently"
                                + " resistant hypertension (ESC 2024). These are intakes that were recorded, not drugs that"
                                + " were dispensed, and they do not change the category.");
    }

    /** Versions of the figures. */
    List<String> figures() {
        return covered.stream().map(AdherenceFigure::reference).toList();
    }

    /** Versions of the prescriptions that the figures are of. */
    Set<String> prescriptions() {
        Set<String> prescriptions =
                new TreeSet<>(drugs.references(DrugClass.ANTIHYPERTENSIVES.toArray(DrugClass[]::new)));
        prescriptions.removeIf(version -> covered.stream().noneMatch(figure -> figure.isOf(version)));
        return prescriptions;
    }

    private String words(AdherenceFigure figure) {
        return figure.percent() == null
                ? "%s not computable from %s to %s, which does not mean not taken"
                        .formatted(drug(figure), figure.from(), figure.to())
                : String.format(
                        Locale.ROOT,
                        "%s %.1f %% from %s to %s%s",
                        drug(figure),
                        figure.percent(),
                        figure.from(),
                        figure.to(),
                        figure.percent() < LOW_BELOW ? " (low, below 80 %)" : "");
    }

    private String drug(AdherenceFigure figure) {
        return drugs.of(DrugClass.ANTIHYPERTENSIVES).stream()
                .filter(drug -> drugs.references(drug).stream().anyMatch(figure::isOf))
                .map(DrugClass::english)
                .collect(Collectors.joining(" and "));
    }
}
