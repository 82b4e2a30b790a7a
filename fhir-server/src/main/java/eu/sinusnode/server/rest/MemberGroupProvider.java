package eu.sinusnode.server.rest;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.profiles.Canonicals;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * {@code Group/<id of the Organization>}: the patients who are linked to the caller's own organization now, by Coverage or
 * CareTeam, and who permit its purpose now. It is computed for each request from what memberships and Consents say, never
 * stored and never written; every other organization's Group is unknown.
 *
 * <p>It is whole or it is refused: with more members than {@link #MOST} the answer is SN-SEARCH-002, so that no one takes a
 * part for the whole.
 */
public final class MemberGroupProvider implements IResourceProvider {

    /** How many members one Group may have. */
    public static final int MOST = 10_000;

    private final RequestScope scope;
    private final RecordVisibility visibility;
    private final ConsentPolicy consent = new ConsentPolicy();
    private final int most;

    public MemberGroupProvider(RequestScope scope, RecordVisibility visibility) {
        this(scope, visibility, MOST);
    }

    MemberGroupProvider(RequestScope scope, RecordVisibility visibility, int most) {
        this.scope = scope;
        this.visibility = visibility;
        this.most = most;
    }

    @Override
    public Class<Group> getResourceType() {
        return Group.class;
    }

    /** @throws ResourceNotFoundException for every id but that of the caller's own Organization */
    @Read
    public Group read(@IdParam IdType id, RequestDetails request) {
        return own(id.getIdPart(), request, Interaction.READ).orElseThrow(() -> new ResourceNotFoundException(id));
    }

    /** The own Group, when all that is asked for is the own organization; else nothing. */
    @Search
    public List<Group> search(
            @OptionalParam(name = Group.SP_MANAGING_ENTITY) @Nullable ReferenceParam organization,
            @OptionalParam(name = Resource.SP_RES_ID) @Nullable TokenParam id,
            RequestDetails request) {
        List<String> named = Stream.concat(
                        Stream.ofNullable(organization).map(MemberGroupProvider::organizationId),
                        Stream.ofNullable(id).map(wanted -> String.valueOf(wanted.getValue())))
                .distinct()
                .toList();
        if (named.isEmpty()) {
            throw new InvalidRequestException("Name the organization: Group?managing-entity=Organization/…");
        }
        return named.size() > 1
                ? List.of()
                : own(named.get(0), request, Interaction.SEARCH).stream().toList();
    }

    private static String organizationId(ReferenceParam organization) {
        String type = organization.getResourceType();
        return type == null || type.equals("Organization") ? organization.getIdPart() : "";
    }

    private Optional<Group> own(String organizationId, RequestDetails request, Interaction interaction) {
        Caller caller = CurrentCaller.require(request);
        if (!organizationId.equals(caller.organizationId())) {
            return Optional.empty();
        }
        Optional<String> onlyPatient = visibility.confinedTo(caller, "Group", interaction);
        PatientStandings standings = scope.standings(request);
        List<String> members = standings.permitted(most + 1).stream()
                .filter(standing -> consent.decidePurpose(caller, standing, standings.at()) instanceof Decision.Permit)
                .map(Standing::patientId)
                .filter(patientId -> onlyPatient.isEmpty() || patientId.equals(onlyPatient.get()))
                .toList();
        if (members.size() > most) {
            throw DenialLedger.refuse(
                    request,
                    new Decision.Deny(DenialCode.SEARCH_TOO_WIDE, "the Group has more than " + most + " members"),
                    null);
        }
        return Optional.of(group(organizationId, members, Date.from(standings.at())));
    }

    private static Group group(String organizationId, List<String> members, Date at) {
        Group group = new Group();
        group.setId(organizationId);
        group.getMeta().addProfile(Canonicals.MEMBER_GROUP).setLastUpdated(at);
        group.setActive(true).setType(GroupType.PERSON).setActual(true).setQuantity(members.size());
        group.setManagingEntity(new Reference("Organization/" + organizationId));
        members.forEach(patientId -> group.addMember().setEntity(new Reference("Patient/" + patientId)));
        return group;
    }
}
