package eu.sinusnode.analysis.facts;

import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import java.time.Period;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of one patient beside vital readings. What is null or unread is not known, and never taken for a no.
 *
 * @param person version of the Patient that was read; null when it was not
 * @param country of residence, ISO 3166-1 alpha-2
 * @param heartFailureSince earliest day from which the record knows of heart failure
 * @param nyha class 1 to 4
 * @param adherence how much was kept of what therapy plans ask for
 */
public record PatientFacts(
        @Nullable String person,
        @Nullable LocalDate born,
        @Nullable Sex sex,
        @Nullable String country,
        Recorded<Diagnosis> diagnoses,
        @Nullable LocalDate heartFailureSince,
        Recorded<DrugClass> drugs,
        List<LaboratoryValue> laboratory,
        @Nullable Dated<Smoking> smoking,
        @Nullable Dated<Integer> nyha,
        PersonalLimits limits,
        List<AdherenceFigure> adherence) {

    /** Nothing was read. */
    public static final PatientFacts UNREAD = new PatientFacts(
            null,
            null,
            null,
            null,
            Recorded.unread("The record's diagnoses were not read."),
            null,
            Recorded.unread("The record's medication was not read."),
            List.of(),
            null,
            null,
            PersonalLimits.NONE,
            List.of());

    /** All was read, and there is nothing. */
    public static final PatientFacts NONE = UNREAD.with(Recorded.none(), Recorded.none());

    public PatientFacts with(Recorded<Diagnosis> read, Recorded<DrugClass> taken) {
        return new PatientFacts(
                person,
                born,
                sex,
                country,
                read,
                heartFailureSince,
                taken,
                laboratory,
                smoking,
                nyha,
                limits,
                adherence);
    }

    public PatientFacts with(PersonalLimits set) {
        return new PatientFacts(
                person,
                born,
                sex,
                country,
                diagnoses,
                heartFailureSince,
                drugs,
                laboratory,
                smoking,
                nyha,
                set,
                adherence);
    }

    public PatientFacts withAdherence(List<AdherenceFigure> figures) {
        return new PatientFacts(
                person,
                born,
                sex,
                country,
                diagnoses,
                heartFailureSince,
                drugs,
                laboratory,
                smoking,
                nyha,
                limits,
                figures);
    }

    /** Days covered of prescriptions of these drugs, in the order of their references. */
    public List<AdherenceFigure> covered(List<DrugClass> classes) {
        Set<String> prescriptions = drugs.references(classes.toArray(DrugClass[]::new));
        return adherence.stream()
                .filter(figure -> figure.code().equals(Codes.DAYS_COVERED))
                .filter(figure -> prescriptions.stream().anyMatch(figure::isOf))
                .sorted(Comparator.comparing(AdherenceFigure::reference))
                .toList();
    }

    /** Of these kinds; the others as if they had not been read. */
    public PatientFacts only(Set<FactKind> kinds) {
        boolean who = kinds.contains(FactKind.PERSON);
        boolean ill = kinds.contains(FactKind.DIAGNOSES);
        List<AdherenceFigure> covered =
                kinds.contains(FactKind.COVERED_ANTIHYPERTENSIVES) ? covered(DrugClass.ANTIHYPERTENSIVES) : List.of();
        return new PatientFacts(
                who ? person : null,
                who ? born : null,
                who ? sex : null,
                who ? country : null,
                ill ? diagnoses : UNREAD.diagnoses,
                ill ? heartFailureSince : null,
                kinds.contains(FactKind.DRUGS)
                        ? drugs
                        : drugs.namedBy(
                                version -> covered.stream().anyMatch(figure -> figure.isOf(version)), UNREAD.drugs),
                kinds.contains(FactKind.LABORATORY) ? laboratory : List.of(),
                kinds.contains(FactKind.SMOKING) ? smoking : null,
                kinds.contains(FactKind.NYHA) ? nyha : null,
                kinds.contains(FactKind.LIMITS) ? limits : PersonalLimits.NONE,
                covered);
    }

    /** What both say together; of one that both name, what is newer, and of the person what this one says. */
    public PatientFacts and(PatientFacts other) {
        PatientFacts who = person == null ? other : this;
        return new PatientFacts(
                who.person,
                who.born,
                who.sex,
                who.country,
                diagnoses.and(other.diagnoses),
                earlier(heartFailureSince, other.heartFailureSince),
                drugs.and(other.drugs),
                Stream.concat(laboratory.stream(), other.laboratory.stream()).toList(),
                Dated.newer(smoking, other.smoking),
                Dated.newer(nyha, other.nyha),
                limits.and(other.limits),
                Stream.concat(adherence.stream(), other.adherence.stream()).toList());
    }

    private static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** What one version says that is no diagnosis and no drug. @param reference one of {@link #otherReferences} */
    public PatientFacts saidBy(String reference) {
        boolean who = reference.equals(person);
        return new PatientFacts(
                who ? person : null,
                who ? born : null,
                who ? sex : null,
                who ? country : null,
                NONE.diagnoses,
                null,
                NONE.drugs,
                laboratory.stream()
                        .filter(value -> value.reference().equals(reference))
                        .toList(),
                smoking != null && smoking.reference().equals(reference) ? smoking : null,
                nyha != null && nyha.reference().equals(reference) ? nyha : null,
                limits.setBy(reference),
                adherence.stream()
                        .filter(figure -> figure.reference().equals(reference))
                        .toList());
    }

    /** Versions of what is no diagnosis and no drug. */
    public List<String> otherReferences() {
        Stream<String> single = Stream.of(
                        Optional.ofNullable(person),
                        Optional.ofNullable(smoking).map(Dated::reference),
                        Optional.ofNullable(nyha).map(Dated::reference))
                .flatMap(Optional::stream);
        return Stream.of(
                        single,
                        laboratory.stream().map(LaboratoryValue::reference),
                        limits.references().stream(),
                        adherence.stream().map(AdherenceFigure::reference))
                .flatMap(references -> references)
                .distinct()
                .sorted()
                .toList();
    }

    /** In whole years; empty when the birth date is not known or after that day. */
    public OptionalInt age(LocalDate day) {
        return born == null || born.isAfter(day)
                ? OptionalInt.empty()
                : OptionalInt.of(Period.between(born, day).getYears());
    }
}
