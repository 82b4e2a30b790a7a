package eu.sinusnode.server.fulltext.table;

import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/**
 * Keeps the words of every record of a type with prose. Vital signs have none, a record entered in error is not found by
 * its words, and of a record of which it cannot be told whose it is nothing is kept.
 */
public final class TextProjection implements Projection {

    private static final String ENTERED_IN_ERROR = "entered-in-error";
    private static final List<String> STATES = List.of("status", "lifecycleStatus", "verificationStatus");

    private final TextTable table;
    private final Set<String> types;
    private final RecordFactsReader facts = new RecordFactsReader(new LiteralReferences());

    /** @param types that have prose */
    public TextProjection(TextTable table, Set<String> types) {
        this.table = table;
        this.types = Set.copyOf(types);
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        Map<String, TextRow> rows = new LinkedHashMap<>();
        for (ResourceChange change : changes) {
            Resource resource = change.resource();
            Optional<UUID> id = types.contains(resource.fhirType()) ? ResourceIds.parse(change.id()) : Optional.empty();
            id.ifPresent(known -> {
                TextRow row = change.isDeletion() ? gone(resource, known) : row(resource, known);
                // What was created without words has no row that would have to go.
                if (!row.gone() || change.kind() != ResourceChange.Kind.CREATED) {
                    rows.put(row.path(), row);
                }
            });
        }
        table.put(new ArrayList<>(rows.values()));
    }

    private TextRow row(Resource resource, UUID id) {
        if (isVitalSign(resource) || isEnteredInError(resource)) {
            return gone(resource, id);
        }
        RecordFacts read = facts.read(resource);
        List<UUID> patients = patients(read.ownership());
        if (patients.isEmpty()) {
            return gone(resource, id);
        }
        String narrative = RecordText.narrative(resource);
        String content = RecordText.content(resource);
        return narrative.isEmpty() && content.isEmpty()
                ? gone(resource, id)
                : new TextRow(
                        resource.fhirType(),
                        id,
                        version(resource),
                        language(resource),
                        patients,
                        limits(resource, read),
                        narrative,
                        content,
                        false,
                        false);
    }

    private static TextRow gone(Resource resource, UUID id) {
        return TextRow.gone(resource.fhirType(), id, version(resource));
    }

    private static int version(Resource resource) {
        Long version = resource.getIdElement().getVersionIdPartAsLong();
        return version == null ? 0 : version.intValue();
    }

    private static String language(Resource resource) {
        String stated = resource.hasLanguage() ? resource.getLanguage() : "";
        return Stream.of("de", "en")
                .filter(known -> stated.equals(known) || stated.startsWith(known + "-"))
                .findFirst()
                .orElse("-");
    }

    private static List<UUID> patients(Ownership ownership) {
        if (!(ownership instanceof Ownership.OfPatients owners)) {
            return List.of();
        }
        List<UUID> known = owners.patientIds().stream()
                .map(ResourceIds::parse)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        return known.size() == owners.patientIds().size() ? known : List.of();
    }

    private static List<String> limits(Resource resource, RecordFacts read) {
        TreeSet<String> limits = new TreeSet<>();
        read.values().forEach((parameter, values) -> values.forEach(value -> limits.add(parameter + "=" + value)));
        read.values(RecordFacts.LABELS).forEach(value -> limits.add(RecordFacts.LABELS + "=" + value));
        status(resource, RecordFactsReader.STATUS)
                .ifPresent(status -> limits.add(RecordFactsReader.STATUS + "=" + status));
        return List.copyOf(limits);
    }

    private static boolean isVitalSign(Resource resource) {
        return resource instanceof Observation observation
                && observation.getCategory().stream()
                        .flatMap(category -> category.getCoding().stream())
                        .anyMatch(coding -> Codes.OBSERVATION_CATEGORY.equals(coding.getSystem())
                                && Codes.VITAL_SIGNS.equals(coding.getCode()));
    }

    private static boolean isEnteredInError(Resource resource) {
        return STATES.stream()
                .anyMatch(state ->
                        status(resource, state).filter(ENTERED_IN_ERROR::equals).isPresent());
    }

    /** The code of a state, whether it stands there as a code or as the first coding of a concept. */
    private static Optional<String> status(Resource resource, String name) {
        Property property = resource.getNamedProperty(name);
        if (property == null || !property.hasValues()) {
            return Optional.empty();
        }
        Base value = property.getValues().get(0);
        return Optional.ofNullable(
                value instanceof CodeableConcept concept
                        ? concept.getCodingFirstRep().getCode()
                        : value.primitiveValue());
    }
}
