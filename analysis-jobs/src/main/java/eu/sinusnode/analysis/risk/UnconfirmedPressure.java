package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.PersonalLimits;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Pressures beyond the limit of a crisis from a device that is not known to be a cuff: cuffless, or not named. The ESH does
 * not recommend cuffless devices for diagnosing or managing hypertension, so that such a value says one thing alone: measure
 * again with a cuff. However many there are, they confirm nothing, and a cuff's value after them settles it.
 *
 * @param beyond the values beyond the limit, by time; at least one
 */
record UnconfirmedPressure(List<VitalReading> beyond) {

    private static final Duration LOOKED_AT = Duration.ofHours(24);

    /** Those of the 24 hours up to the newest one of such a device; empty when they are old, or a cuff has measured since. */
    static Optional<UnconfirmedPressure> of(PatientFeatures features, int staleDays) {
        List<VitalReading> pressures = features.checked().usable().stream()
                .filter(UnconfirmedPressure::isPressure)
                .toList();
        List<VitalReading> unconfirmed =
                pressures.stream().filter(reading -> !isCuff(reading)).toList();
        if (unconfirmed.isEmpty()) {
            return Optional.empty();
        }
        OffsetDateTime newest = unconfirmed.get(unconfirmed.size() - 1).effective();
        OffsetDateTime settled = pressures.stream()
                .filter(UnconfirmedPressure::isCuff)
                .map(VitalReading::effective)
                .max(Comparator.comparing(OffsetDateTime::toInstant))
                .orElse(OffsetDateTime.MIN);
        if (newest.toLocalDate().isBefore(features.recent().lastDay().minusDays(staleDays))) {
            return Optional.empty();
        }
        PersonalLimits limits = features.facts().limits();
        List<VitalReading> beyond = unconfirmed.stream()
                .filter(reading -> reading.effective().isAfter(newest.minus(LOOKED_AT)))
                .filter(reading -> reading.effective().isAfter(settled))
                .filter(reading -> reading.value() >= limit(reading, limits))
                .toList();
        return beyond.isEmpty() ? Optional.empty() : Optional.of(new UnconfirmedPressure(beyond));
    }

    /** Never more than moderate. */
    Finding finding(PatientFeatures features, Duration decideWithin) {
        FindingDraft draft = FindingDraft.moderate();
        for (Measurement measurement : List.of(Measurement.SYSTOLIC, Measurement.DIASTOLIC)) {
            worst(measurement)
                    .ifPresent(worst -> draft.figure(Figure.of(
                            "Worst unconfirmed " + words(worst),
                            measurement.code(),
                            worst.value(),
                            0,
                            measurement.unit())));
        }
        String values = values("systolic", "diastolic");
        draft.figure(Figure.count("Unconfirmed values beyond the limit", beyond.size(), "1"))
                .reason(String.format(
                        Locale.ROOT,
                        "%d value(s) of pressure from a device that is not known to be a cuff: %s.",
                        beyond.size(),
                        values))
                .reason("No cuff has measured since. Such values make no category of hypertension.")
                .telling(beyond.stream()
                        .map(VitalReading::reference)
                        .distinct()
                        .limit(6)
                        .toList())
                .inputs(features.facts().limits().references(Codes.SYSTOLIC, Codes.DIASTOLIC))
                .missing(Withheld.sentence(features.withheld()).stream().toList());
        features.facts().limits().sentence(Codes.SYSTOLIC, Codes.DIASTOLIC).ifPresent(draft::reason);
        return draft.of(
                beyond.get(0).effective(),
                beyond.get(beyond.size() - 1).effective(),
                "A clinician decides, on the same day, after the pressure was measured again with an upper-arm cuff: whether it is"
                        + " an emergency depends on complaints, which these values do not show.",
                decideWithin,
                new Words(
                        new Sentence(
                                "An unconfirmed severe blood pressure (" + values
                                        + "), not known to be from a cuff. Repeat the measurement with a cuff.",
                                "Ein unbestätigter kritischer Blutdruck (" + values("systolisch", "diastolisch")
                                        + "), nicht sicher mit einer Manschette gemessen. Messung mit Manschette wiederholen."),
                        new Sentence(
                                "One of your blood pressures was far outside the usual range, but we do not know whether it was"
                                        + " measured with a cuff. Rest for five minutes and measure again with an upper-arm cuff."
                                        + " With chest pain, breathlessness, fainting, weakness or trouble speaking call 112 at"
                                        + " once.",
                                "Einer Ihrer Blutdruckwerte lag weit außerhalb des üblichen Bereichs. Wir wissen aber nicht, ob er"
                                        + " mit einer Manschette gemessen wurde. Ruhen Sie fünf Minuten und messen Sie noch einmal"
                                        + " mit einer Oberarmmanschette. Bei Brustschmerz, Atemnot, Ohnmacht, Lähmung oder"
                                        + " Sprachstörung rufen Sie sofort 112.")));
    }

    private String values(String systolic, String diastolic) {
        return String.join(
                ", ",
                List.of(Measurement.SYSTOLIC, Measurement.DIASTOLIC).stream()
                        .flatMap(measurement -> worst(measurement).stream())
                        .map(worst -> String.format(
                                Locale.ROOT,
                                "%s %.0f mm[Hg]",
                                worst.code().equals(Codes.SYSTOLIC) ? systolic : diastolic,
                                worst.value()))
                        .toList());
    }

    private static String words(VitalReading reading) {
        return (reading.code().equals(Codes.SYSTOLIC) ? "systolic" : "diastolic") + " pressure";
    }

    private Optional<VitalReading> worst(Measurement measurement) {
        return beyond.stream()
                .filter(reading -> reading.code().equals(measurement.code()))
                .max(Comparator.comparingDouble(VitalReading::value));
    }

    private static double limit(VitalReading reading, PersonalLimits limits) {
        return reading.code().equals(Codes.SYSTOLIC)
                ? limits.high(Codes.SYSTOLIC, SevereCriterion.CRISIS_SYSTOLIC)
                : limits.high(Codes.DIASTOLIC, SevereCriterion.CRISIS_DIASTOLIC);
    }

    private static boolean isPressure(VitalReading reading) {
        return reading.code().equals(Codes.SYSTOLIC) || reading.code().equals(Codes.DIASTOLIC);
    }

    private static boolean isCuff(VitalReading reading) {
        return Codes.CUFF.equals(reading.device());
    }
}
