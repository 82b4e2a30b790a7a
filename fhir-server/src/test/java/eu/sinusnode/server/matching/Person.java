package eu.sinusnode.server.matching;

import eu.sinusnode.profiles.Codes;
import java.util.List;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/** Somebody as a desk writes one down; tests change one thing. */
record Person(
        String family,
        List<String> given,
        @Nullable String birthDate,
        @Nullable String gender,
        @Nullable String postalCode,
        @Nullable String number) {

    static final Person HELGA = new Person("Brandt", List.of("Helga"), "1952-08-17", "female", "04103", "X110411675");

    Person withFamily(String other) {
        return new Person(other, given, birthDate, gender, postalCode, number);
    }

    Person withGiven(String... others) {
        return new Person(family, List.of(others), birthDate, gender, postalCode, number);
    }

    Person withBirthDate(@Nullable String other) {
        return new Person(family, given, other, gender, postalCode, number);
    }

    Person withGender(@Nullable String other) {
        return new Person(family, given, birthDate, other, postalCode, number);
    }

    Person withPostalCode(@Nullable String other) {
        return new Person(family, given, birthDate, gender, other, number);
    }

    Person withNumber(@Nullable String other) {
        return new Person(family, given, birthDate, gender, postalCode, other);
    }

    Patient patient() {
        Patient patient = new Patient();
        HumanName name = patient.addName().setFamily(family);
        given.forEach(name::addGiven);
        if (birthDate != null) {
            patient.setBirthDateElement(new DateType(birthDate));
        }
        if (gender != null) {
            patient.setGender(AdministrativeGender.fromCode(gender));
        }
        if (postalCode != null) {
            patient.addAddress().setPostalCode(postalCode);
        }
        if (number != null) {
            patient.addIdentifier().setSystem(Codes.KVNR).setValue(number);
        }
        return patient;
    }

    Traits traits() {
        return TraitsReader.read(patient());
    }
}
