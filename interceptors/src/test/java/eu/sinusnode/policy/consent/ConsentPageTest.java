package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.RequestProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/consent.md} has each code of who is refused by a Consent, a link or a country, with its remedy. */
class ConsentPageTest {

    private static final Path PAGE = Path.of("..", "docs", "consent.md");

    private static final List<String> FAMILIES = List.of(
            "SN-CONSENT-",
            "SN-RELATIONSHIP-",
            "SN-COMPARTMENT-",
            "SN-SIGNATURE-",
            "SN-RESTRICTION-",
            "SN-BREAKGLASS-",
            "SN-RESIDENCY-",
            "SN-CALLER-",
            "SN-GATE-");

    @Test
    void eachCodeHasItsRemedy() throws IOException {
        String page = Files.readString(PAGE);
        Stream<String> denials = Stream.of(DenialCode.values())
                .filter(code -> isOurs(code.code()))
                .map(code -> row(
                        code.code(),
                        code.hidesExistence() ? "404 (hidden)" : "" + code.status(),
                        code.meaning(),
                        code.remedy()));
        Stream<String> problems = Stream.of(RequestProblem.values())
                .filter(problem -> isOurs(problem.code()))
                .map(problem -> row(problem.code(), "" + problem.status(), problem.meaning(), problem.remedy()));
        assertThat(Stream.concat(denials, problems).toList())
                .hasSizeGreaterThan(15)
                .allSatisfy(row -> assertThat(page).contains(row));
    }

    private static boolean isOurs(String code) {
        return FAMILIES.stream().anyMatch(code::startsWith);
    }

    private static String row(String code, String status, String meaning, String remedy) {
        return "| `%s` | %s | %s | %s |\n".formatted(code, status, meaning, remedy.replace("|", "\\|"));
    }
}
