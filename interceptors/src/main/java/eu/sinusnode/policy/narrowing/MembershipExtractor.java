package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Validity;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamParticipantComponent;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reads the links between parties and patients from what states them: an active CareTeam's participating Organizations
 * and an active Coverage's payors, each within its period (a participant's own period narrows the team's); an active
 * Device's owner; an active RelatedPerson within its period.
 */
public final class MembershipExtractor {

    private static final Pattern REFERENCE =
            Pattern.compile("(Patient|Organization|RelatedPerson)/([A-Za-z0-9\\-.]{1,64})(/_history/.+)?");

    private final ZoneId zone;

    /** @param zone where a date without a time begins and ends */
    public MembershipExtractor(ZoneId zone) {
        this.zone = zone;
    }

    /** Empty for every other type, for what is not active, and where patient or organization is no literal reference. */
    public List<Membership> extract(Resource resource) {
        if (resource instanceof CareTeam team && team.getStatus() == CareTeamStatus.ACTIVE) {
            return ofTeam(team);
        }
        if (resource instanceof Coverage coverage && coverage.getStatus() == CoverageStatus.ACTIVE) {
            return ofCoverage(coverage);
        }
        if (resource instanceof Device device && device.getStatus() == FHIRDeviceStatus.ACTIVE) {
            return membership(device, device.getPatient(), device.getOwner(), Relationship.DEVICE, Validity.ALWAYS)
                    .stream()
                    .toList();
        }
        if (resource instanceof RelatedPerson person && person.getActive()) {
            return ofRelatedPerson(person);
        }
        return List.of();
    }

    private List<Membership> ofRelatedPerson(RelatedPerson person) {
        Reference self = new Reference("RelatedPerson/" + person.getIdElement().getIdPart());
        return membership(person, person.getPatient(), self, Relationship.REPRESENTATIVE, validity(person.getPeriod()))
                .stream()
                .toList();
    }

    private List<Membership> ofTeam(CareTeam team) {
        Validity whole = validity(team.getPeriod());
        return team.getParticipant().stream()
                .flatMap(participant -> ofParticipant(team, participant, whole).stream())
                .distinct()
                .toList();
    }

    private Optional<Membership> ofParticipant(
            CareTeam team, CareTeamParticipantComponent participant, Validity whole) {
        return membership(
                team,
                team.getSubject(),
                participant.getMember(),
                Relationship.CARE_TEAM,
                whole.and(validity(participant.getPeriod())));
    }

    private List<Membership> ofCoverage(Coverage coverage) {
        return coverage.getPayor().stream()
                .flatMap(payor -> membership(
                        coverage,
                        coverage.getBeneficiary(),
                        payor,
                        Relationship.COVERAGE,
                        validity(coverage.getPeriod()))
                        .stream())
                .distinct()
                .toList();
    }

    private static Optional<Membership> membership(
            Resource source, Reference patient, Reference party, Relationship relationship, Validity validity) {
        Optional<String> patientId = id(patient, "Patient");
        Optional<String> partyId =
                id(party, relationship == Relationship.REPRESENTATIVE ? "RelatedPerson" : "Organization");
        if (patientId.isEmpty() || partyId.isEmpty() || validity.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Membership(
                patientId.get(),
                partyId.get(),
                relationship,
                source.fhirType(),
                source.getIdElement().getIdPart(),
                validity.from(),
                validity.to()));
    }

    private static Optional<String> id(Reference reference, String type) {
        Matcher form = REFERENCE.matcher(String.valueOf(reference.getReference()));
        return form.matches() && form.group(1).equals(type) ? Optional.of(form.group(2)) : Optional.empty();
    }

    private Validity validity(Period period) {
        return period.isEmpty() ? Validity.ALWAYS : Validity.of(period, zone);
    }
}
