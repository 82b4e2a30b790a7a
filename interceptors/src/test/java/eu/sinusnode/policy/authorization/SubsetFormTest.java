package eu.sinusnode.policy.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.authorization.SubsetForm.Asked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What part of a record is asked for. */
class SubsetFormTest {

    private final SubsetForm form = new SubsetForm();

    private Asked search(String query) {
        return form.read("Observation", true, parameters(query));
    }

    private Asked read(String query) {
        return form.read("Observation", false, parameters(query));
    }

    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        Arrays.stream(query.split("&")).map(each -> each.split("=", 2)).forEach(each -> parameters
                .computeIfAbsent(each[0], name -> new ArrayList<>())
                .add(each[1]));
        return parameters;
    }

    @ParameterizedTest
    @ValueSource(strings = {"code=x", "_summary=false", "_summary=false&code=x", "_total=accurate"})
    void withoutAWishARecordIsShownAsItIs(String query) {
        assertThat(search(query)).isEqualTo(new Asked.Whole());
        assertThat(read(query)).isEqualTo(new Asked.Whole());
    }

    @Test
    void aCountIsForSearches() {
        assertThat(search("_summary=count")).isEqualTo(new Asked.Whole());
        assertThat(read("_summary=count")).isEqualTo(new Asked.Refused("_summary=count is for searches"));
    }

    @ParameterizedTest
    @CsvSource({"true, false", "data, false", "text, true"})
    void aSummary(String summary, boolean text) {
        Asked.Part part = new Asked.Part(summary, List.of());
        assertThat(search("_summary=" + summary)).isEqualTo(part);
        assertThat(read("_summary=" + summary)).isEqualTo(part);
        assertThat(part.isText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "_elements=status; status",
                "_elements=status,code; status code",
                "_elements=status, value&_elements=component,status; status value component",
                "_elements=id&_summary=false; id",
                "_elements=text,meta,contained,extension,modifierExtension;"
                        + " text meta contained extension modifierExtension",
            })
    void elements(String query, String elements) {
        Asked.Part part = new Asked.Part(null, List.of(elements.split(" ")));
        assertThat(search(query)).isEqualTo(part);
        assertThat(read(query)).isEqualTo(part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_summary=",
                "_summary=some",
                "_summary=TRUE",
                "_summary=true,text",
                "_summary=true&_summary=text",
                "_summary=true&_summary=true",
                "_elements=",
                "_elements=status,",
                "_elements=family",
                "_elements=Observation.status",
                "_elements=value.unit",
                "_elements=valueQuantity",
                "_elements=*",
                "_elements=(mandatory)",
                "_elements=status&_summary=true",
                "_elements=status&_summary=count",
                "_summary=text&_include=Observation:patient",
                "_summary=text&_revinclude:iterate=Provenance:target",
            })
    void whatCannotBeShownIsRefused(String query) {
        assertThat(search(query)).isInstanceOf(Asked.Refused.class);
        assertThat(read(query)).isInstanceOf(Asked.Refused.class);
    }

    @Test
    void aRefusalRepeatsOnlyWhatAnElementsNameCanHold() {
        assertThat(search("_elements=<b>family</b>"))
                .isEqualTo(new Asked.Refused(
                        "_elements takes names of elements at the top of Observation and not" + " ?b?family??b?"));
    }

    /** Its search has been decided; what the page does not have is not shown. */
    @Test
    void onAPageElementsAreNames() {
        assertThat(form.read(null, false, Map.of("_elements", List.of("status,family"))))
                .isEqualTo(new Asked.Part(null, List.of("status", "family")));
        for (String name : List.of("Observation.status", "*", "", "(mandatory)", "status&x", "x".repeat(90))) {
            assertThat(form.read(null, false, Map.of("_elements", List.of(name))))
                    .as(name)
                    .isInstanceOf(Asked.Refused.class);
        }
    }
}
