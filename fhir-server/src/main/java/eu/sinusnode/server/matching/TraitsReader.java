package eu.sinusnode.server.matching;

import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Reads what a Patient is recognised by; a Patient that is asked about may have any part of it. */
final class TraitsReader {

    private TraitsReader() {}

    static Traits read(Patient patient) {
        Set<String> numbers = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        for (Identifier identifier : patient.getIdentifier()) {
            if (identifier.hasSystem()
                    && identifier.hasValue()
                    && !identifier.getValue().isBlank()) {
                String value = identifier.getValue().strip();
                if (identifier.getSystem().equals(Codes.KVNR)) {
                    numbers.add(value.toUpperCase(Locale.ROOT));
                } else {
                    others.add(identifier.getSystem() + "|" + value);
                }
            }
        }
        return new Traits(
                names(patient),
                patient.getBirthDateElement().getValueAsString(),
                gender(patient.getGender()),
                patient.getAddress().stream()
                        .filter(Address::hasPostalCode)
                        .map(address -> address.getPostalCode().strip())
                        .collect(Collectors.toSet()),
                numbers,
                others);
    }

    private static List<PersonName> names(Patient patient) {
        List<PersonName> names = new ArrayList<>();
        for (HumanName name : patient.getName()) {
            NameForm family = NameForm.family(name.hasFamily() ? name.getFamily() : "");
            NameForm given = NameForm.given(name.getGiven().stream()
                    .map(PrimitiveType::getValueAsString)
                    .filter(text -> text != null)
                    .toList());
            if (!family.isEmpty() || !given.isEmpty()) {
                names.add(new PersonName(family, given));
            }
        }
        return names;
    }

    private static @Nullable String gender(@Nullable AdministrativeGender gender) {
        return gender == AdministrativeGender.MALE || gender == AdministrativeGender.FEMALE ? gender.toCode() : null;
    }
}
