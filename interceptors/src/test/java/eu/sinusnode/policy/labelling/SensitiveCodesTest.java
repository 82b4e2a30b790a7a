package eu.sinusnode.policy.labelling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Sensitivity;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensitiveCodesTest {

    private static final String GM = "http://fhir.de/CodeSystem/bfarm/icd-10-gm|";
    private static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc|";

    @ParameterizedTest
    @CsvSource({
        "B20, HIV",
        "B24, HIV",
        "B24.9, HIV",
        "b23.8, HIV",
        "U60.1, HIV",
        "Z21, HIV",
        "A50.0, STD",
        "A64, STD",
        "F00.1, PSY",
        "F10.2, ETHUD",
        "F11.1, OPIOIDUD",
        "F12.0, SUD",
        "F19.9, SUD",
        "F32.1, PSY",
        "F99, PSY",
        "F52.2, PSY SEX",
        "F64.0, PSY SEX",
        "I42.6, ETHUD",
        "D57.1, SCA GDIS",
        "N97.9, SEX",
        "T74.1, SDV",
        "O98.7, HIV",
        "Z20.6, HIV",
        "Z29.22, HIV",
        "F02.4, PSY HIV",
        "E24.4, ETHUD",
        "G31.2, ETHUD",
        "G62.1, ETHUD",
        "G72.1, ETHUD",
        "K29.2, ETHUD",
        "K85.20, ETHUD",
        "K86.0, ETHUD",
        "R78.0, ETHUD",
        "R78.1, OPIOIDUD",
        "R78.3, SUD",
        "X60, PSY",
        "X84.9, PSY",
        // The neighbours of each, and what a heart is about.
        "B19, ''",
        "O98.6, ''",
        "Z20.5, ''",
        "Z29.21, ''",
        "Z29.2, ''",
        "E24.3, ''",
        "G62.0, ''",
        "K29.1, ''",
        "K85.1, ''",
        "K86.1, ''",
        "R78.4, ''",
        "R78, ''",
        "X59, ''",
        "X85, ''",
        "B25, ''",
        "A49.9, ''",
        "A65, ''",
        "F17.2, ''",
        "I42, ''",
        "I42.0, ''",
        "I48.1, ''",
        "E66, ''",
        "F, ''",
        "'', ''",
    })
    void aDiagnosisSaysItsSensitivity(String code, String sensitivities) {
        assertThat(labels(GM + code)).isEqualTo(set(sensitivities));
        assertThat(labels("http://hl7.org/fhir/sid/icd-10|" + code)).isEqualTo(set(sensitivities));
        assertThat(labels("http://loinc.org|" + code)).isEmpty();
        assertThat(labels("http://fhir.de/CodeSystem/bfarm/icd-10-gm-x|" + code))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "J05AR10, HIV",
        "J05AG01, HIV",
        "J05AE01, HIV",
        "J05AE10, HIV",
        "J05AE30, ''",
        "J05AF01, HIV",
        "J05AF07, HIV",
        "J05AF08, ''",
        "J05AF09, HIV",
        "J05AF10, ''",
        "J05AF13, ''",
        "J05AX07, HIV",
        "J05AX09, HIV",
        "J05AX10, ''",
        "J05AX31, HIV",
        "V03AX03, HIV",
        "V03AB03, ''",
        "N06CA01, PSY",
        "N05AH04, PSY",
        "N06AB04, PSY",
        "N06DX01, ''",
        "N07BB04, ETHUD",
        "N07BC02, OPIOIDUD",
        "N07BA01, ''",
        "C07AB02, ''",
        "N05, ''",
    })
    void aDrugSaysItsSensitivity(String code, String sensitivities) {
        assertThat(labels(ATC + code)).isEqualTo(set(sensitivities));
        assertThat(labels("http://www.whocc.no/atc|" + code)).isEqualTo(set(sensitivities));
    }

    @Test
    void eachRowIsOfKnownSensitivitiesAndInOrder() {
        assertThat(SensitiveCodes.rows()).allSatisfy(row -> {
            assertThat(row.sensitivities()).isNotEmpty().isSubsetOf(Sensitivity.codes());
            assertThat(row.first()).hasSameSizeAs(row.last()).isLessThanOrEqualTo(row.last());
            assertThat(row.heading()).isNotBlank();
        });
    }

    private static Set<String> labels(String token) {
        Set<Code> labels = SensitiveCodes.labels(Set.of(token));
        assertThat(labels).allMatch(Sensitivity::isKnown);
        return labels.stream().map(Code::code).collect(Collectors.toSet());
    }

    private static Set<String> set(String words) {
        return words.isEmpty() ? Set.of() : Arrays.stream(words.split(" ")).collect(Collectors.toSet());
    }
}
