package eu.sinusnode.server.escalation;

import eu.sinusnode.server.projection.ResourceIds;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;

/**
 * That somebody of a clinic has answered a question.
 *
 * @param question id of the Communication that is answered
 * @param answer id of the Communication that answers it
 */
record AnsweredQuestion(UUID question, UUID answer) {

    /** What a patient adds to a question is none. */
    private static final Set<String> CLINICS = Set.of("Practitioner", "PractitionerRole", "Organization");

    /** What was sent, and not only begun; there may be several that it answers. */
    static List<AnsweredQuestion> of(Communication message) {
        if (message.getStatus() != CommunicationStatus.COMPLETED
                || !CLINICS.contains(
                        String.valueOf(message.getSender().getReferenceElement().getResourceType()))) {
            return List.of();
        }
        return ResourceIds.parse(message.getIdElement().getIdPart()).stream()
                .flatMap(answer -> message.getInResponseTo().stream()
                        .flatMap(one -> ResourceIds.referenced(one, "Communication").stream())
                        .flatMap(id -> ResourceIds.parse(id).stream())
                        .map(question -> new AnsweredQuestion(question, answer)))
                .toList();
    }
}
