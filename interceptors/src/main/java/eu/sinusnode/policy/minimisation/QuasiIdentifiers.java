package eu.sinusnode.policy.minimisation;

import java.time.Year;
import java.util.Comparator;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;

/**
 * What of a Patient in the pseudonymised form somebody could know from elsewhere. Patients for whom it is the same are a
 * group.
 *
 * @param gender code, empty when not stated
 * @param deceased whether the Patient says so
 * @param birthYear as told, so that everybody of 90 or more is 90; 0 when not stated
 * @param regions country and first digits of the postal code of each address, as told; empty when there are none
 */
public record QuasiIdentifiers(String gender, boolean deceased, int birthYear, String regions)
        implements Comparable<QuasiIdentifiers> {

    private static final int DECADE = 10;
    private static final Comparator<QuasiIdentifiers> ORDER = Comparator.comparing(QuasiIdentifiers::gender)
            .thenComparing(QuasiIdentifiers::deceased)
            .thenComparing(QuasiIdentifiers::birthYear)
            .thenComparing(QuasiIdentifiers::regions);

    /** @param today the year in which the ages of the eldest are reckoned */
    public static QuasiIdentifiers of(Patient patient, Year today) {
        StringBuilder regions = new StringBuilder();
        for (Address address : patient.getAddress()) {
            Address region = Coarsening.region(address);
            if (!region.isEmpty()) {
                regions.append(region.getCountry())
                        .append(' ')
                        .append(region.getPostalCode())
                        .append('\n');
            }
        }
        return new QuasiIdentifiers(
                patient.hasGender() ? patient.getGender().toCode() : "",
                isDeceased(patient),
                Coarsening.birthYear(patient.getBirthDateElement().getValueAsString(), today)
                        .map(Year::getValue)
                        .orElse(0),
                regions.toString());
    }

    /** The wider group, by sex, death and decade of birth alone. */
    QuasiIdentifiers ofDecade() {
        return new QuasiIdentifiers(gender, deceased, birthYear - birthYear % DECADE, "");
    }

    /** Nothing of the Patient is told but this. */
    void tellOn(Patient patient) {
        patient.setGender(gender.isEmpty() ? null : AdministrativeGender.fromCode(gender));
        patient.setDeceased(deceased ? new BooleanType(true) : null);
        patient.setBirthDateElement(birthYear == 0 ? null : new DateType(String.valueOf(birthYear)));
        patient.setAddress(null);
    }

    private static boolean isDeceased(Patient patient) {
        return patient.hasDeceased() && !(patient.getDeceased() instanceof BooleanType told && !told.booleanValue());
    }

    @Override
    public int compareTo(QuasiIdentifiers other) {
        return ORDER.compare(this, other);
    }
}
