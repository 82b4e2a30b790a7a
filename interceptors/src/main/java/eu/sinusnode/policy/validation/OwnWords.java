package eu.sinusnode.policy.validation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationAdministration.MedicationAdministrationPerformerComponent;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * What only a patient, or who represents one, can tell: answers to questionnaires, what was taken, messages. By type, the
 * elements that say who told it; each of them has to name the writer.
 */
final class OwnWords {

    private static final Map<String, Function<Resource, List<Reference>>> TELLERS = new TreeMap<>(Map.of(
            "Communication", resource -> List.of(((Communication) resource).getSender()),
            "MedicationAdministration", resource -> performers((MedicationAdministration) resource),
            "MedicationStatement", resource -> List.of(((MedicationStatement) resource).getInformationSource()),
            "QuestionnaireResponse", resource -> tellers((QuestionnaireResponse) resource)));

    private OwnWords() {}

    /** Who told it; empty for a type that is not told by patients. */
    static Optional<List<Reference>> tellers(Resource resource) {
        return Optional.ofNullable(TELLERS.get(resource.fhirType())).map(elements -> elements.apply(resource));
    }

    private static List<Reference> performers(MedicationAdministration administration) {
        return administration.getPerformer().stream()
                .map(MedicationAdministrationPerformerComponent::getActor)
                .toList();
    }

    /** The source answered, the author wrote it down; a source that is left out is the author. */
    private static List<Reference> tellers(QuestionnaireResponse response) {
        return response.hasSource()
                ? List.of(response.getAuthor(), response.getSource())
                : List.of(response.getAuthor());
    }
}
