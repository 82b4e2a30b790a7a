package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Patches.Patch;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One change as a request asks for it, before it is settled which record it is of and what that record becomes.
 *
 * @param expression where it stands in the request: the resource's type, or {@code Bundle.entry[3].resource}
 * @param entry its place in a transaction, or -1
 * @param resource what was sent; null for a patch and a delete
 * @param id the id in the path, or null
 * @param condition in place of the id: the query of a conditional update, patch or delete; null without one
 */
public record RequestedChange(
        String expression,
        int entry,
        Verb verb,
        String resourceType,
        @Nullable Resource resource,
        @Nullable Patch patch,
        @Nullable String id,
        @Nullable String condition,
        @Nullable String placeholder,
        @Nullable String ifNoneExist,
        @Nullable String ifMatch) {

    /** What is to be done. */
    public enum Verb {
        CREATE(Interaction.CREATE),
        UPDATE(Interaction.UPDATE),
        PATCH(Interaction.UPDATE),
        DELETE(Interaction.DELETE);

        private final Interaction interaction;

        Verb(Interaction interaction) {
            this.interaction = interaction;
        }

        public Interaction interaction() {
            return interaction;
        }
    }

    /**
     * The write that it comes to.
     *
     * @param becomes what is to be stored; for a delete what is stored
     * @param recordId of the record that is there already, or null for a new one
     */
    public RequestedWrite toWrite(Interaction interaction, Resource becomes, @Nullable String recordId) {
        return toWrite(interaction, becomes, recordId, ifMatch);
    }

    /** @param version that must be replaced, or null for any */
    public RequestedWrite toWrite(
            Interaction interaction, Resource becomes, @Nullable String recordId, @Nullable String version) {
        return new RequestedWrite(
                expression,
                entry,
                interaction,
                becomes,
                recordId,
                placeholder,
                interaction == Interaction.CREATE ? ifNoneExist : null,
                version,
                becomes == resource);
    }
}
