package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.narrowing.References;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamParticipantComponent;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;

/**
 * Of the patient's RelatedPersons and CareTeams a recorder knows who could sign then, and the teams that its own
 * Organization takes part in. All others are as unknown as those of nobody, so that no answer tells that they are there.
 */
final class KnownToRecorders implements References {

    private final References all;
    private final String organization;
    private final Consent consent;

    private KnownToRecorders(References all, String organization, Consent consent) {
        this.all = all;
        this.organization = organization;
        this.consent = consent;
    }

    /** What the caller may know of in what it writes anew; all of it, if it is no recorder. */
    static References of(Caller caller, Resource resource, References all) {
        return caller.kind() == CallerKind.CONSENT_RECORDER && resource instanceof Consent consent
                ? new KnownToRecorders(all, "Organization/" + caller.organizationId(), consent)
                : all;
    }

    @Override
    public Optional<String> canonical(String reference) {
        return all.canonical(reference);
    }

    @Override
    public Optional<Resource> find(String canonical) {
        return all.find(canonical).filter(this::isKnown);
    }

    @Override
    public boolean isBrought(String canonical) {
        return all.isBrought(canonical);
    }

    private boolean isKnown(Resource record) {
        if (record instanceof RelatedPerson person) {
            return isOfSamePatient(person.getPatient())
                    && consent.getDateTime() != null
                    && person.getActive()
                    && isWithin(person, consent.getDateTime().toInstant());
        }
        return !(record instanceof CareTeam team)
                || isOfSamePatient(team.getSubject())
                        && team.getParticipant().stream().anyMatch(this::isOwn);
    }

    private boolean isOfSamePatient(Reference patient) {
        Optional<String> own = canonicalOf(consent.getPatient());
        return own.isPresent() && own.equals(canonicalOf(patient));
    }

    private Optional<String> canonicalOf(Reference reference) {
        return Optional.ofNullable(reference.getReference()).flatMap(all::canonical);
    }

    private boolean isOwn(CareTeamParticipantComponent participant) {
        return canonicalOf(participant.getMember()).filter(organization::equals).isPresent();
    }

    private static boolean isWithin(RelatedPerson person, Instant at) {
        return !person.hasPeriod()
                || (person.getPeriod().getStart() == null
                                || !person.getPeriod().getStart().toInstant().isAfter(at))
                        && (person.getPeriod().getEnd() == null
                                || person.getPeriod().getEnd().toInstant().isAfter(at));
    }
}
