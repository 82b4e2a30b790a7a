package eu.sinusnode.policy.residency.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.policy.residency.ResidencyTier;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidencyReaderTest {

    private static final String GOOD = """
            {"version": 3, "tier": "ADEQUACY",
             "site": {"country": "DE", "operator": "Klinikum am See", "declared": true},
             "endpoints": [
               {"purpose": "database", "host": "loopback"},
               {"purpose": "authorization-server", "host": "login.example.org", "country": "AT", "operator": "Anmeldung GmbH"}],
             "adequacy": [
               {"country": "GB", "from": "2021-06-28", "until": "2031-12-27", "source": "2021/1772"},
               {"country": "US", "from": "2023-07-10", "limitedTo": "a list", "source": "2023/1795"}]}
            """;

    @Test
    void everyMemberIsRead() throws UnreadableDocumentException {
        ResidencyDocument document = ResidencyReader.read(GOOD);

        assertThat(document.version()).isEqualTo(3);
        assertThat(document.site()).isEqualTo(new Site("DE", "Klinikum am See", true));
        assertThat(document.endpoints())
                .containsExactly(
                        new Endpoint(EndpointPurpose.DATABASE, "loopback", "DE", "Klinikum am See"),
                        new Endpoint(
                                EndpointPurpose.AUTHORIZATION_SERVER, "login.example.org", "AT", "Anmeldung GmbH"));
        assertThat(document.rules().tier()).isEqualTo(ResidencyTier.ADEQUACY);
        LocalDate day = LocalDate.of(2026, 11, 27);
        assertThat(document.rules().countries(day)).contains("GB", "DE", "CH").doesNotContain("US");
    }

    /** Each row changes one thing; the message names the member. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"version\": 3 | \"version\": 0 | 'version' is no whole number from 1 on",
                "\"version\": 3 | \"version\": \"3\" | 'version' is no whole number from 1 on",
                "\"version\": 3, |  | 'version' is missing",
                "\"version\": 3, | \"version\": 3, \"version\": 4, | Duplicate field 'version'",
                "\"version\": 3, | \"version\": 3, \"note\": \"x\", | 'note' is no member that is known here",
                "\"ADEQUACY\" | \"EU28\" | 'tier' is 'EU28', none of [EU27, EEA, EEA_CH, ADEQUACY]",
                "\"ADEQUACY\" | \"eu27\" | 'tier' is 'eu27'",
                "\"country\": \"DE\" | \"country\": \"XX\" | 'site.country' is 'XX', which is no ISO 3166-1 alpha-2",
                "\"country\": \"DE\" | \"country\": \"Germany\" | 'site.country' is 'Germany'",
                "\"country\": \"DE\" | \"country\": \"de\" | 'site.country' is 'de'",
                "\"declared\": true | \"declared\": \"yes\" | 'site.declared' is neither true nor false",
                "\"operator\": \"Klinikum am See\" | \"operator\": \" \" | 'site.operator' is no text, or an empty one",
                "\"database\" | \"data base\" | 'endpoints[0].purpose' is 'data base', none of database, ",
                "\"host\": \"loopback\" | \"host\": \"loopback\", \"country\": \"US\" | 'endpoints[0].host' is loopback",
                "\"host\": \"loopback\" | \"host\": \"localhost\" | 'endpoints[0].host' is 'localhost'",
                "\"login.example.org\" | \"Login.example.org\" | 'endpoints[1].host' is 'Login.example.org'",
                "\"login.example.org\" | \"login.example.org:443\" | 'endpoints[1].host' is 'login.example.org:443'",
                "\"login.example.org\" | \"https://login.example.org\" | 'endpoints[1].host' is 'https:",
                "\"login.example.org\" | \"*.example.org\" | 'endpoints[1].host' is '*.example.org'",
                "\"country\": \"AT\", |  | 'endpoints[1].country' is missing",
                ", \"operator\": \"Anmeldung GmbH\" |  | 'endpoints[1].operator' is missing",
                "\"country\": \"GB\" | \"country\": \"UK\" | 'adequacy[0].country' is 'UK'",
                "\"2021-06-28\" | \"28.06.2021\" | 'adequacy[0].from' is '28.06.2021', which is no day",
                "\"2031-12-27\" | \"2020-12-27\" | 'adequacy[0].until' is before 'from'",
                ", \"source\": \"2023/1795\" |  | 'adequacy[1].source' is missing",
                "\"endpoints\": [ | \"endpoints\": [7, | 'endpoints[0]' is no JSON object",
                "\"2023/1795\"}]} | \"2023/1795\"}]} {} | the file is not JSON",
                "\"version\": 3 | \"version\": 3;  | the file is not JSON",
            })
    void whatIsWrongIsToldByItsPath(String part, @Nullable String instead, String told) {
        assertThat(GOOD).contains(part);
        String changed = GOOD.replace(part, instead == null ? "" : instead);
        assertThatThrownBy(() -> ResidencyReader.read(changed))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining(told);
    }

    @Test
    void nothingAndAnythingElseIsNoDocument() {
        for (String text : new String[] {"", "[]", "null", "\"EU27\"", "{}"}) {
            assertThatThrownBy(() -> ResidencyReader.read(text)).isInstanceOf(UnreadableDocumentException.class);
        }
    }
}
