package eu.sinusnode.policy.minimisation;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Address;
import org.jspecify.annotations.Nullable;

/**
 * Values that are told less exactly. Birth: the year, and everybody of 90 or more as 90 (HIPAA Safe Harbor, 45 CFR
 * 164.514(b)(2)(i)(C)). Dates: the Monday of their week. Where somebody lives: country and the first two digits of the
 * postal code (Germany's 95 regions; Safe Harbor has three of five digits, where Germany's five stand for fewer people).
 */
final class Coarsening {

    private static final int OLDEST = 90;
    private static final int YEAR = 4;
    private static final int MONTH = 7;
    private static final int DAY = 10;
    private static final int REGION = 2;
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern POSTAL_CODE = Pattern.compile("[0-9]{4,5}");

    private Coarsening() {}

    /** The Monday of a day's week; a month or a year, which say less, as they are; empty for what is no date. */
    static Optional<String> week(@Nullable String date) {
        try {
            if (date == null) {
                return Optional.empty();
            }
            if (date.length() == YEAR || date.length() == MONTH) {
                return Optional.of(date).filter(shorter -> shorter.matches("[0-9]{4}(-[0-9]{2})?"));
            }
            return Optional.of(LocalDate.parse(date.substring(0, DAY))
                    .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                    .toString());
        } catch (DateTimeException | StringIndexOutOfBoundsException none) {
            return Optional.empty();
        }
    }

    /** @param today's year: who is 90 or older was born then */
    static Optional<Year> birthYear(@Nullable String birthDate, Year today) {
        try {
            return birthDate == null
                    ? Optional.empty()
                    : Optional.of(Year.of(
                            Math.max(Integer.parseInt(birthDate.substring(0, YEAR)), today.getValue() - OLDEST)));
        } catch (NumberFormatException | StringIndexOutOfBoundsException none) {
            return Optional.empty();
        }
    }

    /** Whether an age may be told. */
    static boolean isTold(int ageInYears) {
        return ageInYears < OLDEST;
    }

    /** Empty when neither country nor postal code is of its form. */
    static Address region(Address address) {
        Address region = new Address();
        if (address.getCountry() != null
                && COUNTRY.matcher(address.getCountry()).matches()) {
            region.setCountry(address.getCountry());
        }
        String code = address.getPostalCode();
        if (code != null && (POSTAL_CODE.matcher(code).matches() || code.matches("[0-9]{" + REGION + "}"))) {
            region.setPostalCode(code.substring(0, REGION));
        }
        return region;
    }
}
