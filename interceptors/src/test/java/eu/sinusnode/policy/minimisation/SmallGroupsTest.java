package eu.sinusnode.policy.minimisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class SmallGroupsTest {

    private static final int K = 10;
    private static final Year TODAY = Year.of(2026);
    private static final PseudonymisedForm FORM = new PseudonymisedForm(
            Pseudonyms.of(new javax.crypto.spec.SecretKeySpec(new byte[32], "HmacSHA256"), "institute"), TODAY);

    @Test
    void aGroupOfKIsToldAsItIs() {
        List<Patient> told = told(of(K, "female", "1952-08-17", "04103"));

        assertThat(told).hasSize(K).allSatisfy(patient -> {
            assertThat(patient.getGender()).isEqualTo(AdministrativeGender.FEMALE);
            assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("1952");
            assertThat(patient.getAddressFirstRep().getPostalCode()).isEqualTo("04");
            assertThat(patient.getAddressFirstRep().getCountry()).isEqualTo("DE");
            assertThat(PrivacyLabels.isGeneralised(patient)).isFalse();
        });
    }

    @Test
    void smallerGroupsAreToldByDecadeWhereThatIsEnough() {
        List<Patient> told = told(
                of(K, "female", "1952-08-17", "04103"),
                of(6, "male", "1951-01-01", "04103"),
                of(4, "male", "1958-01-01", "80331"));

        assertThat(told.subList(K, told.size())).hasSize(10).allSatisfy(patient -> {
            assertThat(patient.getGender()).isEqualTo(AdministrativeGender.MALE);
            assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("1950");
            assertThat(patient.hasAddress()).isFalse();
            assertThat(PrivacyLabels.isGeneralised(patient)).isTrue();
        });
    }

    @Test
    void ofOneWhoIsAloneNothingIsToldAndOthersJoin() {
        List<Patient> told = told(
                of(K, "female", "1952-08-17", "04103"),
                of(12, "male", "1952-08-17", "04103"),
                of(1, "male", "1990-01-01", "80331"));

        assertThat(told.stream().filter(patient -> !patient.hasGender())).hasSize(K + 1);
        assertThat(told.get(told.size() - 1).hasBirthDate()).isFalse();
    }

    @Test
    void whoAreFewerThanKAreNotToldAtAll() {
        assertThat(groups(patients(of(K - 1, "female", "1952-08-17", "04103"))).areTooFew())
                .isTrue();
        assertThat(groups(List.of()).areTooFew()).isTrue();
        assertThat(groups(patients(of(K, "female", "1952-08-17", "04103"))).areTooFew())
                .isFalse();
    }

    @Test
    void whoWasNotCountedIsNotTold() {
        SmallGroups groups = groups(patients(of(K, "female", "1952-08-17", "04103")));
        Patient late = patient("male", "1960-01-01", "80331");

        Patient told = groups.told(late, QuasiIdentifiers.of(late, TODAY));

        assertThat(told.hasGender() || told.hasBirthDate() || told.hasAddress()).isFalse();
    }

    @Test
    void theDayOfDeathIsNoPartOfAGroupAndIsNotTold() {
        Patient dead = patient("female", "1952-08-17", "04103");
        dead.setDeceased(new DateTimeType("2025-03-04"));
        List<Patient> all = new ArrayList<>(patients(of(K, "female", "1952-08-17", "04103")));
        for (int i = 0; i < K; i++) {
            all.add(dead.copy().setDeceased(new DateTimeType("2025-03-" + (10 + i))));
        }

        assertThat(toldOf(all).subList(K, 2 * K)).allSatisfy(patient -> assertThat(
                        patient.getDeceasedBooleanType().booleanValue())
                .isTrue());
    }

    @Test
    void whoIsOlderThanNinetyIsNinety() {
        List<Patient> told = told(of(5, "female", "1920-08-17", "04103"), of(5, "female", "1930-08-17", "04103"));

        assertThat(told)
                .extracting(patient -> patient.getBirthDateElement().getValueAsString())
                .containsOnly("1936");
    }

    /** Whoever there is: what is told of one is told of at least k, after the form as well. */
    @Test
    void everybodyIsOneOfK() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            List<Patient> all = new ArrayList<>();
            int years = 1 + random.nextInt(40);
            int regions = 1 + random.nextInt(5);
            for (int i = random.nextInt(150); i >= 0; i--) {
                Patient patient = patient(
                        random.nextInt(10) == 0 ? "other" : random.nextBoolean() ? "female" : "male",
                        (1930 + random.nextInt(years)) + "-05-0" + (1 + random.nextInt(9)),
                        "%02d%03d".formatted(1 + random.nextInt(regions), random.nextInt(999)));
                if (random.nextInt(8) == 0) {
                    patient.setDeceased(new BooleanType(true));
                }
                if (random.nextInt(20) == 0) {
                    patient.setAddress(null).setBirthDate(null);
                }
                all.add(patient);
            }
            SmallGroups groups = groups(all);
            Map<String, Integer> alike = new HashMap<>();
            toldOf(all).forEach(patient -> alike.merge(looks(patient), 1, Integer::sum));
            assertThat(groups.areTooFew() || alike.values().stream().allMatch(count -> count >= K))
                    .as("round %s: %s", round, alike)
                    .isTrue();
            assertThat(groups.generalised())
                    .satisfiesAnyOf(count -> assertThat(count).isZero(), count -> assertThat(count)
                            .isGreaterThanOrEqualTo(Math.min(K, all.size())));
        }
    }

    private static String looks(Patient patient) {
        return patient.getGender() + " " + patient.getBirthDateElement().getValueAsString() + " "
                + patient.hasDeceased()
                + patient.getAddress().stream()
                        .map(address -> address.getCountry() + address.getPostalCode())
                        .toList();
    }

    private record Alike(int count, String gender, String birthDate, String postalCode) {}

    private static Alike of(int count, String gender, String birthDate, String postalCode) {
        return new Alike(count, gender, birthDate, postalCode);
    }

    private static List<Patient> patients(Alike... groups) {
        List<Patient> patients = new ArrayList<>();
        for (Alike group : groups) {
            for (int i = 0; i < group.count(); i++) {
                patients.add(patient(group.gender(), group.birthDate(), group.postalCode()));
            }
        }
        return patients;
    }

    private static List<Patient> told(Alike... groups) {
        return toldOf(patients(groups));
    }

    private static List<Patient> toldOf(List<Patient> patients) {
        SmallGroups groups = groups(patients);
        return patients.stream()
                .map(patient -> groups.told(patient, QuasiIdentifiers.of(patient, TODAY)))
                .map(told -> (Patient) FORM.of(told).orElseThrow())
                .toList();
    }

    private static SmallGroups groups(List<Patient> patients) {
        Map<QuasiIdentifiers, Integer> counts = new HashMap<>();
        patients.forEach(patient -> counts.merge(QuasiIdentifiers.of(patient, TODAY), 1, Integer::sum));
        return SmallGroups.of(counts, K);
    }

    private static Patient patient(String gender, String birthDate, String postalCode) {
        Patient patient = new Patient();
        patient.setId("Patient/0b9f3c1e-5d6a-5c3b-9f0e-1a2b3c4d5e6f");
        patient.setGender(AdministrativeGender.fromCode(gender));
        patient.setBirthDateElement(new DateType(birthDate));
        patient.addAddress(
                new Address().setCity("Leipzig").setPostalCode(postalCode).setCountry("DE"));
        return patient;
    }
}
