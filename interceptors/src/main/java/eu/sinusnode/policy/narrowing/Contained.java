package eu.sinusnode.policy.narrowing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * Resources inside of a record (FHIR R4, references.html#contained). They are part of it, whoever has it has them, and no
 * search finds them. So only what is nobody's may be there: a contained Patient or Observation would be a record of which no
 * rule knows.
 */
public final class Contained {

    private static final Set<String> NOBODYS = Set.of(
            "ActivityDefinition",
            "CodeSystem",
            "ConceptMap",
            "Device",
            "Endpoint",
            "HealthcareService",
            "Location",
            "Medication",
            "Organization",
            "PlanDefinition",
            "Practitioner",
            "PractitionerRole",
            "Questionnaire",
            "Substance",
            "ValueSet");

    /** They give rights, to those whom they name: that has to be a record that can be found, and ended. */
    private static final Set<String> CONTAIN_NOTHING =
            Set.of("CareTeam", "Consent", "Coverage", "Group", "RelatedPerson");

    private Contained() {}

    public static List<Resource> of(Resource container) {
        return container instanceof DomainResource domain && domain.hasContained() ? domain.getContained() : List.of();
    }

    /** Why it may not be stored with what it contains, each part of a document by itself; empty when it may. */
    public static Optional<String> fault(Resource container) {
        if (container instanceof Bundle document) {
            return document.getEntry().stream()
                    .filter(BundleEntryComponent::hasResource)
                    .flatMap(entry -> fault(entry.getResource()).stream())
                    .findFirst();
        }
        List<Resource> contained = of(container);
        if (!contained.isEmpty() && CONTAIN_NOTHING.contains(container.fhirType())) {
            return Optional.of("a " + container.fhirType() + " gives rights and contains nothing");
        }
        return contained.stream()
                .filter(inner -> !isNobodys(inner))
                .map(inner -> "a contained " + inner.fhirType()
                        + " could be somebody's: send it as a record of its own and refer to it. Contained may be "
                        + String.join(", ", new TreeSet<>(NOBODYS)))
                .findFirst();
    }

    /** Whether the record holds what is nobody's alone, or nothing. */
    static boolean areNobodys(Resource container) {
        return of(container).stream().allMatch(Contained::isNobodys);
    }

    private static boolean isNobodys(Resource inner) {
        return NOBODYS.contains(inner.fhirType())
                && of(inner).isEmpty()
                && !inner.getMeta().hasSecurity()
                && !(inner instanceof Device device && device.hasPatient());
    }
}
