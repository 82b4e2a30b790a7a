package eu.sinusnode.analysis.facts;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of one patient beside vital readings. What is null or unread is not known, and never taken for a no.
 *
 * @param person version of the Patient that was read; null when it was not
 * @param country of residence, ISO 3166-1 alpha-2
 * @param heartFailureSince earliest day from which the record knows of heart failure
 * @param nyha class 1 to 4
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
        PersonalLimits limits) {

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
            PersonalLimits.NONE);

    public PatientFacts with(Recorded<Diagnosis> read, Recorded<DrugClass> taken) {
        return new PatientFacts(
                person, born, sex, country, read, heartFailureSince, taken, laboratory, smoking, nyha, limits);
    }

    /** In whole years; empty when the birth date is not known or after that day. */
    public OptionalInt age(LocalDate day) {
        return born == null || born.isAfter(day)
                ? OptionalInt.empty()
                : OptionalInt.of(Period.between(born, day).getYears());
    }
}
