package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientProfileTest extends AbstractProfileTest {

    PatientProfileTest() {
        super("patient", Canonicals.PATIENT);
    }

    /** Numbers that the check digit of a KVNR holds for; the first two are test numbers of gematik. */
    @ParameterizedTest
    @ValueSource(strings = {"X110411675", "X110465770", "A123456780"})
    void numbersWithTheirCheckDigitAreAccepted(String kvnr) {
        assertThat(errors(patient(kvnr))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x110411675", "X11041167", "X1104116750", "1110411675", "X110411657", "Y110411675"})
    void numbersOfOtherShapeOrCheckDigitAreRefused(String kvnr) {
        assertThat(errorCodes(patient(kvnr))).containsExactly("sn-pat-1");
    }

    @Test
    void everyLetterAndDigitCountsInTheCheckDigit() {
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            String first = letter + "20719385";
            int digit = checkDigit(first);
            assertThat(errors(patient(first + digit))).as(first + digit).isEmpty();
            assertThat(errors(patient(first + (digit + 1) % 10)))
                    .as(first + (digit + 1) % 10)
                    .isNotEmpty();
        }
    }

    @Test
    void kvnrIsOptionalAndOtherIdentifiersAreFree() {
        assertThat(errors(changed(Patient.class, patient -> patient.setIdentifier(null))))
                .isEmpty();
        assertThat(errors(changed(Patient.class, patient -> patient.addIdentifier()
                        .setSystem("https://clinic.example/patient")
                        .setValue("4711"))))
                .isEmpty();
    }

    private Patient patient(String kvnr) {
        return changed(Patient.class, patient -> patient.getIdentifierFirstRep().setValue(kvnr));
    }

    /** After annex 1 of the KVNR's rules: letter as two digits, weights 1 and 2 in turn, sum of the digits modulo 10. */
    private static int checkDigit(String letterAndEightDigits) {
        String digits =
                String.format("%02d", letterAndEightDigits.charAt(0) - 'A' + 1) + letterAndEightDigits.substring(1);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int product = (digits.charAt(i) - '0') * (i % 2 + 1);
            sum += product / 10 + product % 10;
        }
        return sum % 10;
    }
}
