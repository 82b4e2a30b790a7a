package eu.sinusnode.server.rest;

import eu.sinusnode.profiles.ProfilePackage;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;

/** The project's own profiles by the resource type they constrain. */
record SupportedProfiles(List<StructureDefinition> definitions) {

    static SupportedProfiles of(ProfilePackage profiles) {
        return new SupportedProfiles(profiles.resources().stream()
                .filter(StructureDefinition.class::isInstance)
                .map(StructureDefinition.class::cast)
                .filter(definition -> definition.getKind() == StructureDefinitionKind.RESOURCE)
                .sorted(Comparator.comparing(StructureDefinition::getUrl))
                .toList());
    }

    /** Canonical URLs, sorted. */
    List<String> of(String resourceType) {
        return definitions.stream()
                .filter(definition -> resourceType.equals(definition.getType()))
                .map(StructureDefinition::getUrl)
                .toList();
    }
}
