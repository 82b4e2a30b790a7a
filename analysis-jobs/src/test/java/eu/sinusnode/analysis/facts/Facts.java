package eu.sinusnode.analysis.facts;

import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds what a record says of one patient; what is not named was not read or is not there. */
public final class Facts {

    private static final LocalDate RECENT = LocalDate.of(2026, 10, 1);

    private @Nullable LocalDate born;
    private @Nullable Sex sex;
    private @Nullable String country;
    private @Nullable LocalDate heartFailureSince;
    private Recorded<Diagnosis> diagnoses = PatientFacts.UNREAD.diagnoses();
    private Recorded<DrugClass> drugs = PatientFacts.UNREAD.drugs();
    private final List<LaboratoryValue> laboratory = new ArrayList<>();
    private @Nullable Dated<Smoking> smoking;
    private @Nullable Dated<Integer> nyha;
    private PersonalLimits limits = PersonalLimits.NONE;
    private final List<AdherenceFigure> adherence = new ArrayList<>();

    public Facts born(@Nullable String date) {
        born = date == null ? null : LocalDate.parse(date);
        return this;
    }

    public Facts sex(@Nullable Sex recorded) {
        sex = recorded;
        return this;
    }

    public Facts country(@Nullable String iso) {
        country = iso;
        return this;
    }

    /** The record was read, and these are all that is in it. */
    public Facts diagnoses(Diagnosis... all) {
        Map<Diagnosis, Set<String>> found = new EnumMap<>(Diagnosis.class);
        for (Diagnosis one : all) {
            found.put(one, Set.of("Condition/" + one + "/_history/1"));
        }
        diagnoses = Recorded.of(found);
        return this;
    }

    public Facts heartFailureSince(@Nullable String date) {
        heartFailureSince = date == null ? null : LocalDate.parse(date);
        return this;
    }

    /** The medication was read, and these are all that is in it. */
    public Facts drugs(DrugClass... all) {
        Map<DrugClass, Set<String>> found = new EnumMap<>(DrugClass.class);
        for (DrugClass one : all) {
            found.put(one, Set.of("MedicationRequest/" + one + "/_history/1"));
        }
        drugs = Recorded.of(found);
        return this;
    }

    public Facts laboratory(String loinc, double value, String unit) {
        return laboratory(loinc, value, unit, RECENT);
    }

    public Facts laboratory(String loinc, double value, String unit, LocalDate on) {
        laboratory.add(
                new LaboratoryValue(loinc, on, value, unit, "Observation/lab-" + laboratory.size() + "/_history/1"));
        return this;
    }

    public Facts smoking(Smoking status) {
        return smoking(status, RECENT);
    }

    public Facts smoking(Smoking status, LocalDate on) {
        smoking = new Dated<>(status, on, "Observation/smoking/_history/1");
        return this;
    }

    public Facts nyha(int of) {
        nyha = new Dated<>(of, RECENT, "Observation/nyha/_history/1");
        return this;
    }

    /** @param goal the id of what sets it */
    public Facts limit(String loinc, @Nullable Double low, @Nullable Double high, String goal) {
        limits = limits.and(new PersonalLimits(
                List.of(new PersonalLimits.Limit(loinc, low, high, "Goal/" + goal + "/_history/1"))));
        return this;
    }

    /** Of a drug that {@link #drugs} names; in the 28 days up to a day. @param percent null when not computable */
    public Facts covered(DrugClass drug, @Nullable Double percent, String to) {
        return figure(Codes.DAYS_COVERED, "MedicationRequest/" + drug, List.of(), percent, to);
    }

    /** @param madeOf ids of Observations */
    public Facts kept(List<String> madeOf, @Nullable Double percent, String to) {
        return figure(Codes.MEASUREMENTS_KEPT, "ServiceRequest/order", madeOf, percent, to);
    }

    private Facts figure(String code, String of, List<String> madeOf, @Nullable Double percent, String to) {
        LocalDate last = LocalDate.parse(to);
        adherence.add(new AdherenceFigure(
                code,
                List.of(of),
                madeOf,
                last.minusDays(27),
                last,
                percent,
                "Observation/adherence-" + adherence.size() + "/_history/1"));
        return this;
    }

    public PatientFacts build() {
        return new PatientFacts(
                born == null ? null : "Patient/p/_history/1",
                born,
                sex,
                country,
                diagnoses,
                heartFailureSince,
                drugs,
                List.copyOf(laboratory),
                smoking,
                nyha,
                limits,
                List.copyOf(adherence));
    }
}
