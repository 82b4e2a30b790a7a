package eu.sinusnode.policy.narrowing.words;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.narrowing.words.WordQuery.All;
import eu.sinusnode.policy.narrowing.words.WordQuery.Any;
import eu.sinusnode.policy.narrowing.words.WordQuery.Not;
import eu.sinusnode.policy.narrowing.words.WordQuery.Phrase;
import eu.sinusnode.policy.narrowing.words.WordQuery.Prefix;
import eu.sinusnode.policy.narrowing.words.WordQuery.Word;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordQueryParserTest {

    @Test
    void wordsPhrasesAndPrefixes() {
        assertThat(read("Schwindel")).isEqualTo(new Word("Schwindel"));
        assertThat(read("  COVID-19 ")).isEqualTo(new Word("COVID-19"));
        assertThat(read("\" beim  Aufstehen \"")).isEqualTo(new Phrase("beim  Aufstehen"));
        assertThat(read("Herz*")).isEqualTo(new Prefix("Herz"));
        assertThat(read("\"AND OR NOT * ( )\"")).as("quoted").isEqualTo(new Phrase("AND OR NOT * ( )"));
        assertThat(read("and")).as("in small letters it is a word").isEqualTo(new Word("and"));
    }

    @Test
    void andBindsStrongerThanOr() {
        Word a = new Word("a");
        Word b = new Word("b");
        Word c = new Word("c");
        All both = new All(List.of(a, b));
        assertThat(read("a b")).isEqualTo(both);
        assertThat(read("a AND b")).isEqualTo(both);
        assertThat(read("a b OR c")).isEqualTo(new Any(List.of(both, c)));
        assertThat(read("a (b OR c)")).isEqualTo(new All(List.of(a, new Any(List.of(b, c)))));
        assertThat(read("a NOT b")).isEqualTo(new All(List.of(a, new Not(b))));
        assertThat(read("a AND NOT (b OR c)")).isEqualTo(new All(List.of(a, new Not(new Any(List.of(b, c))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\"",
                "\"a",
                "\"\"",
                "\"!?\"",
                "()",
                "(a",
                "a)",
                "a AND",
                "OR a",
                "a OR OR b",
                "AND",
                "NOT",
                "NOT a",
                "NOT NOT a",
                "NOT a NOT b",
                "a OR NOT b",
                "ab*",
                "*",
                "*abc",
                "ab*cd",
                "abc**",
                "a-bc*",
                "a?c",
                "abc~2",
                "abc^5",
                "field:abc",
                "[a TO b]",
                "/a.*/",
                "a&&b",
                "a||b",
                "+a",
                "a\\b",
                "-",
                "...",
                "((((((a))))))"
            })
    void whatIsNoQueryIsRefusedWithAReason(String value) {
        assertThat(WordQueryParser.read(value))
                .isInstanceOfSatisfying(WordQueryParser.Reading.Refused.class, refused -> assertThat(refused.reason())
                        .isNotBlank());
    }

    @Test
    void whatCostsTooMuchIsRefused() {
        assertThat(WordQueryParser.read("a".repeat(501))).isInstanceOf(WordQueryParser.Reading.Refused.class);
        assertThat(WordQueryParser.read("a ".repeat(61))).isInstanceOf(WordQueryParser.Reading.Refused.class);
        assertThat(WordQueryParser.read("(".repeat(400) + "a" + ")".repeat(90)))
                .isInstanceOf(WordQueryParser.Reading.Refused.class);
    }

    /** The reason goes into an answer and into the audit. */
    @Test
    void theReasonRepeatsNothing() {
        for (String secret : List.of("geheim:wert", "geheim*wert", "(geheim", "\"geheim", "NOT geheim")) {
            assertThat(((WordQueryParser.Reading.Refused) WordQueryParser.read(secret)).reason())
                    .doesNotContain("geheim");
        }
    }

    private static WordQuery read(String value) {
        return ((WordQueryParser.Reading.Query) WordQueryParser.read(value)).words();
    }
}
