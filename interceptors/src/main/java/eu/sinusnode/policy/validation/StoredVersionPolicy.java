package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.OwnedSubscriptions;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.SearchNarrowing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What an update replaces decides too: a caller may write over what it may have, and nobody but the administrator's loader
 * chooses an id. Hidden and unknown ids give the same 404.
 */
public final class StoredVersionPolicy {

    private final RecordVisibility visibility;

    public StoredVersionPolicy(RecordVisibility visibility) {
        this.visibility = visibility;
    }

    /**
     * @param interaction update or delete
     * @param stored the current version; empty when the id is unknown or deleted
     */
    public Decision decide(
            Caller caller,
            Interaction interaction,
            @Nullable String id,
            Optional<Resource> stored,
            References references,
            PatientStandings standings) {
        if (SearchNarrowing.NOBODY.equals(id)) {
            return new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "the id that no record has stays free");
        }
        if (caller.kind() == CallerKind.ADMINISTRATOR) {
            return Decision.Permit.of("loader", "the administrator chooses ids and writes over every record");
        }
        if (stored.isEmpty()) {
            return new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "no such record is stored");
        }
        if (OwnedSubscriptions.isOfAnother(caller, stored.get())) {
            return new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "the Subscription is another client's");
        }
        RecordFacts facts = new RecordFactsReader(references).read(stored.get());
        // A record that was opened without a Consent is open to be read.
        Map<String, Standing> ofOwners = new HashMap<>(standings.ofOwners(facts));
        ofOwners.replaceAll((patientId, standing) -> standing.byConsent());
        return visibility.decideRecord(caller, interaction, facts, ofOwners, standings.at());
    }

    /** The version of what is stored. */
    static String version(Resource stored) {
        String ofId = stored.getIdElement().getVersionIdPart();
        return ofId == null ? String.valueOf(stored.getMeta().getVersionId()) : ofId;
    }

    /** Whether an update would give a record to another patient than the one it belongs to. */
    public boolean moves(RequestedWrite write, Resource stored, References references) {
        RecordOwners owners = new RecordOwners(references);
        Optional<String> key = Optional.ofNullable(write.id());
        return !owners.of(write.resource(), key).equals(owners.of(stored, key));
    }
}
