package eu.sinusnode.server.bulkimport.job;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.RequestFault;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.narrowing.ConditionalCreate;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.policy.validation.BulkWrites;
import eu.sinusnode.server.bulkimport.job.FileLines.Line;
import eu.sinusnode.server.projection.ResourceIds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Makes a write of a line, or says why it is none. An import may come again, so each record has to be recognised: by an
 * identifier, or by the id where a loader chooses it.
 */
final class LineReader {

    private final FhirContext context;
    private final BulkWrites writes;
    private final ConditionalCreate conditions = new ConditionalCreate();

    LineReader(FhirContext context, BulkWrites writes) {
        this.context = context;
        this.writes = writes;
    }

    private static final class NotTaken extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        private NotTaken(Refusal refusal) {
            super(null, null, false, false);
            this.refusal = refusal;
        }

        private static NotTaken because(Line line, String what) {
            return new NotTaken(Refusal.of(line.number(), RequestProblem.IMPORT_LINE, what));
        }
    }

    /**
     * Reads a line into the portion, unless it is refused.
     *
     * @param type that the file's lines have
     * @return empty when the line was refused
     */
    Optional<RequestedWrite> read(Line line, String type, Caller caller, Portion portion) {
        try {
            Resource resource = resource(line);
            if (!resource.fhirType().equals(type)) {
                throw NotTaken.because(line, "The record is of another type than the file.");
            }
            return Optional.of(write(line, resource, caller));
        } catch (NotTaken reason) {
            portion.refuse(reason.refusal);
            return Optional.empty();
        }
    }

    private Resource resource(Line line) throws NotTaken {
        byte[] json = line.json();
        if (json == null) {
            throw NotTaken.because(line, "The line is longer than one may be.");
        }
        List<RequestFault> faults = writes.faults(json);
        if (!faults.isEmpty()) {
            throw new NotTaken(Refusal.of(line.number(), faults));
        }
        try {
            return (Resource) context.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8));
        } catch (DataFormatException unreadable) {
            throw new NotTaken(Refusal.of(
                    line.number(), RequestProblem.BODY_UNREADABLE, RequestProblem.BODY_UNREADABLE.meaning()));
        }
    }

    private RequestedWrite write(Line line, Resource resource, Caller caller) throws NotTaken {
        String id = resource.getIdElement().getIdPart();
        if (id == null) {
            return new RequestedWrite(
                    resource.fhirType(),
                    -1,
                    Interaction.CREATE,
                    resource,
                    null,
                    null,
                    condition(line, resource, caller),
                    null,
                    true);
        }
        if (caller.kind() != CallerKind.ADMINISTRATOR) {
            throw NotTaken.because(line, "The server assigns the ids of new records; leave the id out.");
        }
        if (ResourceIds.parse(id).isEmpty()) {
            throw NotTaken.because(line, "The id that a record keeps is a UUID in small letters.");
        }
        return new RequestedWrite(resource.fhirType(), -1, Interaction.UPDATE, resource, id, null, null, null, true);
    }

    /**
     * What its sender brings again is found by the index of what each has brought, which is needed for vitals in any case;
     * what anybody has brought, by a search.
     */
    private @Nullable String condition(Line line, Resource resource, Caller caller) throws NotTaken {
        List<SentIdentifier> sent = SentIdentifier.of(resource);
        if (sent.stream().anyMatch(SentIdentifier::isVital)
                || !sent.isEmpty() && !ConditionalCreate.looksAmongAll(caller, resource)) {
            return null;
        }
        return identifiers(resource).stream()
                .filter(Identifier::hasSystem)
                .filter(Identifier::hasValue)
                .map(identifier -> conditions.narrow(
                        "identifier=" + identifier.getSystem() + "|" + identifier.getValue(), resource))
                .filter(ConditionalCreate.Outcome.Narrowed.class::isInstance)
                .map(outcome -> ((ConditionalCreate.Outcome.Narrowed) outcome).url())
                .findFirst()
                .orElseThrow(() -> NotTaken.because(
                        line, "The record has no identifier by which it could be recognised when it comes again."));
    }

    private static List<Identifier> identifiers(Resource resource) {
        Property property = resource.getNamedProperty("identifier");
        return property == null
                ? List.of()
                : property.getValues().stream()
                        .filter(Identifier.class::isInstance)
                        .map(Identifier.class::cast)
                        .toList();
    }
}
