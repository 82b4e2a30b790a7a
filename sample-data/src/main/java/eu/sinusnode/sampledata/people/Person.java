package eu.sinusnode.sampledata.people;

import java.time.LocalDate;

/**
 * A synthetic person.
 *
 * @param number 1, 2, 3 … in the cohort
 * @param id id of the Patient resource
 * @param age in whole years on the cohort's end date
 */
public record Person(
        int number,
        String id,
        boolean female,
        String given,
        String family,
        LocalDate birthDate,
        int age,
        String street,
        Place place,
        String healthInsuranceNumber) {

    public String name() {
        return given + " " + family;
    }
}
