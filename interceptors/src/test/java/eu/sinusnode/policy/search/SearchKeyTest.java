package eu.sinusnode.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.search.SearchKey.Chain;
import eu.sinusnode.policy.search.SearchKey.Has;
import eu.sinusnode.policy.search.SearchKey.Plain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of parameters, as R4 writes them. */
class SearchKeyTest {

    @Test
    void namesAreTakenApart() {
        assertThat(SearchKey.parse("code")).contains(new Plain("code", null));
        assertThat(SearchKey.parse("code:not")).contains(new Plain("code", "not"));
        assertThat(SearchKey.parse("subject:Patient.name"))
                .contains(new Chain("subject", "Patient", new Plain("name", null)));
        assertThat(SearchKey.parse("patient.general-practitioner.name:exact"))
                .contains(new Chain(
                        "patient", null, new Chain("general-practitioner", null, new Plain("name", "exact"))));
        assertThat(SearchKey.parse("_has:Observation:patient:code"))
                .contains(new Has("Observation", "patient", new Plain("code", null)));
        assertThat(SearchKey.parse("_has:Observation:patient:_has:Provenance:target:recorded"))
                .contains(new Has(
                        "Observation", "patient", new Has("Provenance", "target", new Plain("recorded", null))));
        assertThat(SearchKey.parse("_has:Observation:patient:device.identifier"))
                .contains(new Has("Observation", "patient", new Chain("device", null, new Plain("identifier", null))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code",
                "code:not",
                "subject:Patient.name",
                "_has:Observation:patient:device.identifier",
                "patient._has:Task:patient:code"
            })
    void aNameIsWrittenAsItWasRead(String name) {
        assertThat(SearchKey.parse(name)).map(SearchKey::name).contains(name);
    }

    @Test
    void depthCountsTheSearchesThatAreNeeded() {
        assertThat(SearchKey.parse("code")).map(SearchKey::depth).contains(0);
        assertThat(SearchKey.parse("patient.name")).map(SearchKey::depth).contains(1);
        assertThat(SearchKey.parse("_has:Observation:patient:device.identifier"))
                .map(SearchKey::depth)
                .contains(2);
        assertThat(SearchKey.parse("_has:Observation:patient:device.identifier:not"))
                .map(SearchKey::innermost)
                .contains(new Plain("identifier", "not"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "code.",
                ".code",
                "code:",
                "code:not:not",
                "code ",
                "code[]",
                "_has",
                "_has:Observation",
                "_has:Observation:patient",
                "_has:Observation:patient:",
                "_has:observation:patient:code",
                "a..b",
                "code;x",
                "c\u200bode",
                "$everything"
            })
    void whatIsNoNameIsNone(String name) {
        assertThat(SearchKey.parse(name)).isEmpty();
        assertThat(SearchKey.parse("a.".repeat(200) + "b")).isEmpty();
    }
}
