package eu.sinusnode.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.authorization.OpenParameters;
import eu.sinusnode.policy.search.ValueParameter;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.SearchParameter;
import org.junit.jupiter.api.Test;

class OpenSearchParametersTest {

    private static final R4SearchParameters R4 = R4SearchParameters.of(FhirContext.forR4Cached());

    @Test
    void everyOpenParameterExistsOnItsTypeWithItsOwnPath() {
        Map<String, Set<String>> open = OpenParameters.byType(AccessMatrix.standard());

        OpenSearchParameters parameters = new OpenSearchParameters(R4, open);

        open.forEach((type, names) -> names.stream()
                .map(name -> ValueParameter.of(type, name).isPresent() ? "sinusnode-value" : name)
                .forEach(name -> assertThat(parameters.parameters())
                        .as("%s %s", type, name)
                        .filteredOn(parameter ->
                                isOn(parameter, type) && parameter.getCode().equals(name))
                        .singleElement()
                        .satisfies(parameter ->
                                assertThat(parameter.getExpression()).contains(type + "."))));
    }

    /** HAPI would join a code and the value of another component. */
    @Test
    void compositesAreNotLeftToHapi() {
        assertThat(new OpenSearchParameters(R4, OpenParameters.byType(AccessMatrix.standard())).parameters())
                .extracting(SearchParameter::getType)
                .doesNotContain(SearchParamType.COMPOSITE);
    }

    @Test
    void aSharedParameterIsCutToItsType() {
        OpenSearchParameters parameters =
                new OpenSearchParameters(R4, Map.of("Observation", Set.of("date", "patient")));

        assertThat(parameters.parameters())
                .extracting(SearchParameter::getExpression)
                .containsExactlyInAnyOrder(
                        "Observation.effective",
                        "Observation.subject.where(resolve() is Patient)",
                        "Resource.id",
                        "Resource.meta.lastUpdated",
                        "Resource.meta.security");
        assertThat(parameters.parameters()).extracting(SearchParameter::getUrl).doesNotHaveDuplicates();
    }

    /** It is two rows of every vital sign otherwise. */
    @Test
    void thePatientWhoIsTheSubjectIsOneLink() {
        OpenSearchParameters parameters =
                new OpenSearchParameters(R4, Map.of("Observation", Set.of("patient", "subject")));

        assertThat(parameters.parameters())
                .filteredOn(parameter -> Set.of("patient", "subject").contains(parameter.getCode()))
                .hasSize(2)
                .extracting(SearchParameter::getExpression)
                .containsOnly("Observation.subject");
    }

    @Test
    void whatIsikAsksForBesideR4CanBeOpened() {
        OpenSearchParameters parameters = new OpenSearchParameters(
                R4, Map.of("Encounter", Set.of("date-start", "end-date"), "Condition", Set.of("related")));

        assertThat(parameters.parameters())
                .extracting(SearchParameter::getExpression)
                .contains(
                        "Encounter.period.start",
                        "Encounter.period.end",
                        "Condition.extension('http://hl7.org/fhir/StructureDefinition/condition-related').value");
    }

    @Test
    void aParameterThatR4DoesNotKnowIsAFault() {
        assertThatThrownBy(() -> new OpenSearchParameters(R4, Map.of("Observation", Set.of("mood"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mood");
    }

    private static boolean isOn(SearchParameter parameter, String type) {
        return parameter.getBase().size() == 1
                && type.equals(parameter.getBase().get(0).getCode());
    }
}
