package eu.sinusnode.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.param.TokenAndListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.TokenParamModifier;
import eu.sinusnode.policy.narrowing.SearchNarrowing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The storage gets one kind of condition: beside a named record an excluded one would be found. */
class RecordConditionsTest {

    @Test
    void namedRecordsStayConditionsOfTheirOwn() {
        assertThat(texts(RecordConditions.of(List.of("a,Observation/b", "b,c"), List.of())))
                .containsExactly(List.of("a", "Observation/b"), List.of("b", "c"));
    }

    @Test
    void whatSeveralConditionsExcludeIsExcludedByOne() {
        TokenAndListParam conditions = RecordConditions.of(List.of(), List.of("a,b", "b,Observation/c"));

        assertThat(texts(conditions)).containsExactly(List.of("a", "b", "c"));
        assertThat(tokens(conditions)).allMatch(token -> token.getModifier() == TokenParamModifier.NOT);
    }

    @Test
    void anExcludedRecordIsTakenOutOfTheNamedOnes() {
        TokenAndListParam conditions = RecordConditions.of(List.of("a,Observation/b,c", "b,c"), List.of("b", "x"));

        assertThat(texts(conditions)).containsExactly(List.of("a", "c"), List.of("c"));
        assertThat(tokens(conditions)).allMatch(token -> token.getModifier() == null);
    }

    @Test
    void whoNamesExcludedRecordsOnlyFindsNothing() {
        assertThat(texts(RecordConditions.of(List.of("Observation/b"), List.of("b"))))
                .containsExactly(List.of(SearchNarrowing.NOBODY));
    }

    private static List<List<String>> texts(TokenAndListParam conditions) {
        return conditions.getValuesAsQueryTokens().stream()
                .map(each -> each.getValuesAsQueryTokens().stream()
                        .map(TokenParam::getValue)
                        .toList())
                .toList();
    }

    private static List<TokenParam> tokens(TokenAndListParam conditions) {
        return conditions.getValuesAsQueryTokens().stream()
                .flatMap(each -> each.getValuesAsQueryTokens().stream())
                .toList();
    }
}
