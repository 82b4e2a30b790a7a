package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Dated;
import eu.sinusnode.analysis.facts.LaboratoryMeasure;
import eu.sinusnode.analysis.facts.LaboratoryValue;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.facts.Sex;
import eu.sinusnode.analysis.facts.Smoking;
import eu.sinusnode.analysis.feature.DailySeries;
import eu.sinusnode.analysis.feature.FeatureWindow;
import eu.sinusnode.analysis.feature.Sample;
import eu.sinusnode.analysis.feature.Statistics;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.score.RiskRegion;
import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes a score's inputs one by one and keeps what was missing or stale, by name, and what was used. An input that is
 * missing has the value that is returned for it, which nobody reads: with anything missing there is no score.
 */
final class ScoreInputs {

    private static final String WITHHELD = ": withheld by the patient's consent";
    private static final Set<String> PERSON = Set.of("Patient");
    private static final int LEAST_PRESSURE_DAYS = 3;
    private static final int LONGEST_SMOKING_DAYS = 730;

    private final PatientFacts facts;
    private final FeatureWindow window;
    private final List<String> withheld;
    private final List<String> missing = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final TreeSet<String> references = new TreeSet<>();
    private final TreeSet<String> observations = new TreeSet<>();
    private LocalDate earliest;

    ScoreInputs(PatientFeatures features) {
        this.facts = features.facts();
        this.window = features.recent();
        this.withheld = features.withheld();
        this.earliest = window.lastDay();
    }

    int age() {
        if (facts.age(window.lastDay()).isEmpty()) {
            return missing(orWithheld("the birth date", PERSON));
        }
        person();
        int age = facts.age(window.lastDay()).getAsInt();
        told.add("age " + age);
        return age;
    }

    boolean male() {
        if (facts.sex() == null) {
            missing(orWithheld("the sex, as female or male", PERSON));
        } else {
            person();
            told.add(facts.sex() == Sex.MALE ? "male" : "female");
        }
        return facts.sex() == Sex.MALE;
    }

    private void person() {
        if (facts.person() != null) {
            references.add(facts.person());
        }
    }

    /** The mean of days of the last 28, in mm[Hg], of cuffs. */
    double systolic() {
        DailySeries pressures = window.of(Measurement.SYSTOLIC);
        if (pressures.days().size() < LEAST_PRESSURE_DAYS) {
            missing(
                    Withheld.bloodPressure(withheld)
                            ? "systolic pressure" + WITHHELD
                            : "systolic pressure: cuff readings of %d day(s) in 28, %d are needed"
                                    .formatted(pressures.days().size(), LEAST_PRESSURE_DAYS));
            return Double.NaN;
        }
        pressures.samples().stream().map(Sample::reference).forEach(references::add);
        pressures.samples().stream().map(Sample::reference).limit(5).forEach(observations::add);
        double mean = Statistics.mean(pressures.dayMeans());
        told.add(String.format(Locale.ROOT, "systolic pressure %.0f mm[Hg]", mean));
        use(pressures.days().get(0));
        return mean;
    }

    double laboratory(LaboratoryMeasure measure) {
        Dated<Double> newest =
                measure.newest(facts.laboratory(), window.lastDay()).orElse(null);
        Optional<LaboratoryValue> unusable = measure.newestUnusable(facts.laboratory(), window.lastDay());
        if (newest == null && unusable.isPresent()) {
            missing("%s: the newest, of %s, is not in its unit or not possible"
                    .formatted(measure.words(), unusable.get().on()));
            return Double.NaN;
        }
        return dated(measure.words(), measure.codes(), measure.longestDays(), newest)
                ? tell(measure.words(), newest, measure.unit())
                : Double.NaN;
    }

    private double tell(String words, @Nullable Dated<Double> value, String unit) {
        double number = value == null ? Double.NaN : value.value();
        told.add(String.format(Locale.ROOT, "%s %.1f %s", words, number, unit));
        return number;
    }

    boolean smokes() {
        boolean known = dated("smoking status", Set.of(Codes.SMOKING_STATUS), LONGEST_SMOKING_DAYS, facts.smoking());
        boolean smokes = known && facts.smoking() != null && facts.smoking().value() == Smoking.CURRENT;
        if (known) {
            told.add(smokes ? "smokes" : "does not smoke now");
        }
        return smokes;
    }

    /** The SCORE2 region of the country of residence; empty when it is not known, which is noted then. */
    Optional<RiskRegion> region() {
        Optional<RiskRegion> region = Optional.ofNullable(facts.country()).flatMap(RiskRegion::of);
        if (region.isEmpty()) {
            missing(orWithheld("a country of residence with a SCORE2 region", PERSON));
        }
        return region;
    }

    /** @param codes or types by which consent withholds it */
    String orWithheld(String words, Set<String> codes) {
        return Collections.disjoint(withheld, codes) ? words : words + WITHHELD;
    }

    /**
     * Whether it is there and not stale; if not, it is noted.
     *
     * @param codes by which consent withholds it
     */
    boolean dated(String words, Set<String> codes, int longestDays, @Nullable Dated<?> value) {
        if (value == null || value.on().isAfter(window.lastDay())) {
            missing(orWithheld(words, codes));
            return false;
        }
        if (value.on().isBefore(window.lastDay().minusDays(longestDays))) {
            missing("%s: the newest is of %s, older than %d days".formatted(words, value.on(), longestDays));
            return false;
        }
        references.add(value.reference());
        observations.add(value.reference());
        use(value.on());
        return true;
    }

    /** Notes a record that was not read. */
    boolean read(Recorded<?> record, String words) {
        if (!record.isRead()) {
            missing(words + ": " + String.valueOf(record.unread()).replaceAll("\\.$", ""));
        }
        return record.isRead();
    }

    int missing(String what) {
        missing.add(what);
        return 0;
    }

    void use(Collection<String> used) {
        references.addAll(used);
    }

    private void use(LocalDate day) {
        earliest = day.isBefore(earliest) ? day : earliest;
    }

    boolean isComplete() {
        return missing.isEmpty();
    }

    /** One sentence that names each missing input. */
    String missing() {
        return "Missing, stale or withheld: " + String.join("; ", missing) + ".";
    }

    /** What was used, as the end of a sentence. */
    String told() {
        return String.join(", ", told);
    }

    TreeSet<String> references() {
        return references;
    }

    /** Versions of Observations among what was used, a few. */
    List<String> telling() {
        return observations.stream().limit(12).toList();
    }

    OffsetDateTime start() {
        return earliest.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    OffsetDateTime end() {
        return window.lastDay().atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
