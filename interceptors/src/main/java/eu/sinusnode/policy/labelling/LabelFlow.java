package eu.sinusnode.policy.labelling;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Confidentiality;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;

/**
 * From which records labels go over to which: from what something was concluded, is made of or repeats to that which was
 * concluded, made or repeats it (HL7 Security Labeling Service: a composite has the high water mark of its parts). Why
 * something is done ({@code reasonReference}, {@code addresses}) or whom it concerns is no content of it, and carries
 * nothing over. Records are named {@code Type/id}; versions do not matter, since labels stay.
 */
public final class LabelFlow {

    /** What {@code from} carries, {@code to} carries as well. */
    public record Edge(String from, String to) {}

    private LabelFlow() {}

    /** @param record with its id, and with literal references */
    public static List<Edge> of(Resource record) {
        String own = record.fhirType() + "/" + record.getIdElement().getIdPart();
        Set<Edge> edges = new LinkedHashSet<>();
        sources(record).forEach(source -> edges.add(new Edge(source, own)));
        if (record instanceof DocumentReference document) {
            files(document).forEach(file -> edges.add(new Edge(own, file)));
        }
        if (record instanceof Provenance provenance) {
            List<String> made = names(provenance.getTarget().stream()).toList();
            made.forEach(target -> edges.add(new Edge(target, own)));
            inputs(provenance).forEach(input -> made.forEach(target -> edges.add(new Edge(input, target))));
        }
        edges.removeIf(edge -> edge.from().equals(edge.to()));
        return List.copyOf(edges);
    }

    /**
     * What each record has to be given beside what it carries, until nothing flows any more.
     *
     * @param labels of each record that is an end of an edge; none of one that is not there
     */
    public static Map<String, Set<Code>> spread(Collection<Edge> edges, Map<String, Set<Code>> labels) {
        Map<String, Set<Code>> carried = new HashMap<>();
        Map<String, Set<Code>> given = new HashMap<>();
        labels.forEach((record, codes) -> carried.put(record, new LinkedHashSet<>(codes)));
        boolean flows = true;
        while (flows) {
            flows = false;
            for (Edge edge : edges) {
                for (Code label : List.copyOf(carried.getOrDefault(edge.from(), Set.of()))) {
                    if (tells(label)
                            && carried.computeIfAbsent(edge.to(), ignored -> new LinkedHashSet<>())
                                    .add(label)) {
                        given.computeIfAbsent(edge.to(), ignored -> new LinkedHashSet<>())
                                .add(label);
                        flows = true;
                    }
                }
            }
        }
        return given;
    }

    /** N says no more than no label says. */
    private static boolean tells(Code label) {
        return !(label.system().equals(Confidentiality.SYSTEM) && label.code().equals("N"));
    }

    private static Stream<String> sources(Resource record) {
        if (record instanceof Provenance provenance) {
            return inputs(provenance).stream();
        }
        return names(references(record));
    }

    private static Stream<Reference> references(Resource record) {
        if (record instanceof Observation observation) {
            return Stream.concat(observation.getDerivedFrom().stream(), observation.getHasMember().stream());
        } else if (record instanceof DiagnosticReport report) {
            return report.getResult().stream();
        } else if (record instanceof RiskAssessment assessment) {
            return assessment.getBasis().stream();
        } else if (record instanceof Condition condition) {
            return condition.getEvidence().stream().flatMap(evidence -> evidence.getDetail().stream());
        } else if (record instanceof Task task) {
            return Stream.of(task.getFocus());
        } else if (record instanceof ListResource list) {
            return list.getEntry().stream().map(ListResource.ListEntryComponent::getItem);
        } else if (record instanceof DocumentReference document) {
            return document.getRelatesTo().stream()
                    .map(DocumentReference.DocumentReferenceRelatesToComponent::getTarget);
        }
        return Stream.concat(message(record), drug(record));
    }

    private static Stream<Reference> message(Resource record) {
        if (record instanceof Communication message) {
            return Stream.concat(
                    message.getAbout().stream(),
                    message.getPayload().stream().flatMap(part -> reference(part.getContent())));
        } else if (record instanceof CommunicationRequest message) {
            return Stream.concat(
                    message.getAbout().stream(),
                    message.getPayload().stream().flatMap(part -> reference(part.getContent())));
        }
        return Stream.empty();
    }

    private static Stream<Reference> drug(Resource record) {
        if (record instanceof MedicationRequest request) {
            return reference(request.getMedication());
        } else if (record instanceof MedicationAdministration administration) {
            return reference(administration.getMedication());
        } else if (record instanceof MedicationStatement statement) {
            return Stream.concat(reference(statement.getMedication()), statement.getDerivedFrom().stream());
        }
        return Stream.empty();
    }

    private static Stream<Reference> reference(Type value) {
        return value instanceof Reference reference ? Stream.of(reference) : Stream.empty();
    }

    private static Set<String> inputs(Provenance provenance) {
        Set<String> inputs = new LinkedHashSet<>();
        names(provenance.getEntity().stream().map(Provenance.ProvenanceEntityComponent::getWhat))
                .forEach(inputs::add);
        inputs.addAll(ManifestInputs.of(provenance));
        return inputs;
    }

    private static Stream<String> files(DocumentReference document) {
        List<IdType> addresses = new ArrayList<>();
        document.getContent()
                .forEach(content ->
                        addresses.add(new IdType(content.getAttachment().getUrl())));
        return addresses.stream()
                .filter(address -> "Binary".equals(address.getResourceType()) && address.hasIdPart())
                .map(address -> "Binary/" + address.getIdPart());
    }

    private static Stream<String> names(Stream<Reference> references) {
        return references
                .map(Reference::getReferenceElement)
                .filter(id -> id.hasResourceType() && id.hasIdPart())
                .map(id -> id.getResourceType() + "/" + id.getIdPart());
    }
}
