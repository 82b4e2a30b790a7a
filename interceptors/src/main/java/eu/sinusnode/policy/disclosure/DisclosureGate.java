package eu.sinusnode.policy.disclosure;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOperationStatusEnum;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOutcome;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentContextServices;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentService;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.authorization.RequestedWrites;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.narrowing.BroughtBefore;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.RequestScope;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one {@link IConsentService}: it decides every resource once more on its way out. For a read this is the decision;
 * for a search it is the second line, and what it withholds there is counted, since narrowing should have left it out.
 *
 * <p>It never answers {@code AUTHORIZED} to an operation, which would switch everything after it off, and it rejects when
 * anything throws. Requests that the server makes of itself carry no HTTP request; they pass.
 */
public final class DisclosureGate implements IConsentService {

    private static final Logger LOG = LoggerFactory.getLogger(DisclosureGate.class);

    private static final String WITHHELD = DisclosureGate.class.getName() + ".withheld";

    private static final Set<BundleType> ANSWERS = EnumSet.of(
            BundleType.SEARCHSET, BundleType.HISTORY, BundleType.TRANSACTIONRESPONSE, BundleType.BATCHRESPONSE);

    private final DisclosurePolicy policy;
    private final RequestScope scope;
    private final GateMetrics metrics;
    private final ConditionalMatches conditions = new ConditionalMatches();

    public DisclosureGate(DisclosurePolicy policy, RequestScope scope, GateMetrics metrics) {
        this.policy = policy;
        this.scope = scope;
        this.metrics = metrics;
    }

    @Override
    public ConsentOutcome startOperation(RequestDetails request, IConsentContextServices services) {
        if (isOfServer(request) || CurrentCaller.find(request).isPresent()) {
            return ConsentOutcome.PROCEED;
        }
        DenialLedger.note(
                request, new Decision.Deny(DenialCode.GATE, "no caller was identified before the gate"), null);
        return ConsentOutcome.REJECT;
    }

    /** Searches are narrowed already; asking here would switch the search cache off. */
    @Override
    public boolean shouldProcessCanSeeResource(RequestDetails request, IConsentContextServices services) {
        return false;
    }

    /** Only reached where {@link #shouldProcessCanSeeResource} is not asked, as in a bulk export; it decides the same. */
    @Override
    public ConsentOutcome canSeeResource(
            RequestDetails request, IBaseResource resource, IConsentContextServices services) {
        return willSeeResource(request, resource, services);
    }

    @Override
    public ConsentOutcome willSeeResource(
            RequestDetails request, IBaseResource resource, IConsentContextServices services) {
        try {
            return isOfServer(request) || mayLeave(request, resource)
                    ? permitted(resource)
                    : new ConsentOutcome(ConsentOperationStatusEnum.REJECT);
        } catch (RuntimeException e) {
            LOG.error("The gate withheld a {}: its decision failed with {}", resource.fhirType(), FaultOrigin.of(e));
            withhold(request, new Decision.Deny(DenialCode.GATE, "the decision on a record failed"), resource, null);
            return ConsentOutcome.REJECT;
        }
    }

    /**
     * HAPI looks through what may leave, element by element, for resources inside. A record holds them in {@code contained}
     * alone (R4 DomainResource); where there is none, {@code AUTHORIZED} says that nothing is left to look for. Of Bundles and
     * Parameters everything is looked through.
     */
    static ConsentOutcome permitted(IBaseResource resource) {
        return resource instanceof DomainResource record
                        && record.getContained().isEmpty()
                ? ConsentOutcome.AUTHORIZED
                : ConsentOutcome.PROCEED;
    }

    private boolean mayLeave(RequestDetails request, IBaseResource resource) {
        if (isAnswer(resource)
                || isWhatTheCallerSent(request, resource)
                || RecordParts.isPart(request.getUserData(), resource)
                || resource instanceof Resource record && BroughtBefore.has(request, record)
                || conditions.isMatch(
                        CurrentCaller.require(request),
                        RequestedWrites.of(request),
                        resource,
                        scope.references(request))) {
            return true;
        }
        Verdict verdict = decide(request, resource);
        if (verdict.decision() instanceof Decision.Deny deny) {
            withhold(request, deny, resource, verdict.patientId());
            return false;
        }
        DisclosureLedger.permittedBy(request, ((Decision.Permit) verdict.decision()).rule());
        RecordParts.permit(request.getUserData(), resource);
        return true;
    }

    /**
     * A record that would come along with what a search found is decided like those; what may not leave is simply not
     * there. It is no miss of the narrowing, which only decides what is searched for.
     */
    boolean mayComeAlong(RequestDetails request, Resource record) {
        try {
            Verdict verdict = decide(request, record);
            if (verdict.decision() instanceof Decision.Deny deny) {
                DenialLedger.note(request, deny, verdict.patientId());
                return false;
            }
            DisclosureLedger.permittedBy(request, ((Decision.Permit) verdict.decision()).rule());
            return true;
        } catch (RuntimeException e) {
            LOG.error("The gate withheld a {}: its decision failed with {}", record.fhirType(), FaultOrigin.of(e));
            DenialLedger.note(request, new Decision.Deny(DenialCode.GATE, "the decision on a record failed"), null);
            return false;
        }
    }

    /** What was computed of records that were decided one by one leaves as what they give, and is no record itself. */
    public void letComputed(RequestDetails request, Resource computed) {
        DisclosureLedger.permittedBy(request, "consent");
        RecordParts.permitComputed(request.getUserData(), computed);
    }

    /** @param patientId the one patient whose record it is, or null when it has none or several */
    private record Verdict(Decision decision, @Nullable String patientId) {}

    /** The decision on the record itself, whatever it was asked for. */
    private Verdict decide(RequestDetails request, IBaseResource resource) {
        Caller caller = CurrentCaller.require(request);
        RecordFacts facts = new RecordFactsReader(scope.references(request)).read((Resource) resource);
        PatientStandings standings = scope.standings(request);
        Map<String, Standing> ofOwners = standings.ofOwners(facts);
        Decision decision = policy.decide(caller, interaction(request), facts, ofOwners, standings.at());
        return new Verdict(
                decision, ofOwners.size() == 1 ? ofOwners.keySet().iterator().next() : null);
    }

    /**
     * What the answer to a write shows: what the caller sent, or may have anyway. The record that an If-None-Exist found
     * instead is known to be there, as it must, but it is shown to those only who may read it.
     */
    boolean mayBeShownToWriter(RequestDetails request, IBaseResource resource) {
        try {
            return isAnswer(resource)
                    || isWhatTheCallerSent(request, resource)
                    || decide(request, resource).decision() instanceof Decision.Permit;
        } catch (RuntimeException e) {
            LOG.error(
                    "The answer leaves out a {}: its decision failed with {}", resource.fhirType(), FaultOrigin.of(e));
            return false;
        }
    }

    /**
     * Whether the caller may have a record that is not what is stored now: an earlier version, or what was deleted. A
     * refusal is noted.
     */
    public boolean mayHave(RequestDetails request, Resource version) {
        return permit(request, version).isPresent();
    }

    private Optional<Decision.Permit> permit(RequestDetails request, Resource version) {
        try {
            Verdict verdict = decide(request, version);
            if (verdict.decision() instanceof Decision.Permit permit) {
                return Optional.of(permit);
            }
            DenialLedger.note(request, (Decision.Deny) verdict.decision(), verdict.patientId());
        } catch (RuntimeException e) {
            LOG.error("A version is withheld: its decision failed with {}", FaultOrigin.of(e));
        }
        return Optional.empty();
    }

    /** As {@link #mayHave}, for an answer that tells of the record and does not hold it: it is noted as disclosed. */
    public boolean mayTellOf(RequestDetails request, Resource record) {
        Optional<Decision.Permit> permit = permit(request, record);
        permit.ifPresent(permitted -> {
            DisclosureLedger.permittedBy(request, permitted.rule());
            DisclosureLedger.answered(
                    request, new AnsweredRecords(new RecordOwners(scope.references(request))).of(record));
        });
        return permit.isPresent();
    }

    private void withhold(
            RequestDetails request, Decision.Deny deny, IBaseResource resource, @Nullable String patientId) {
        DenialLedger.note(request, deny, patientId);
        if (request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE) {
            metrics.withheldFromSearch(resource.fhirType());
        }
        request.getUserData().put(WITHHELD, true);
    }

    /** Whether something reached the gate that the caller may not have; a count of what was found would tell of it. */
    boolean hasWithheld(RequestDetails request) {
        return request.getUserData().containsKey(WITHHELD);
    }

    /** The envelope of an answer; what lies in it is decided piece by piece. A stored Bundle is of another type. */
    private static boolean isAnswer(IBaseResource resource) {
        // Parameters are never stored: they are what an operation of ours says in its own words.
        return resource instanceof OperationOutcome
                || resource instanceof Parameters
                || resource instanceof Bundle bundle && isEnvelope(bundle);
    }

    /** Whether the Bundle is an answer of the server, and not a document that is stored. */
    static boolean isEnvelope(Bundle bundle) {
        return ANSWERS.contains(bundle.getType());
    }

    /**
     * The very object of this request, now stored, or a part of it; one that was found instead of stored is another
     * object.
     */
    private static boolean isWhatTheCallerSent(RequestDetails request, IBaseResource resource) {
        return RequestedWrites.of(request).stream()
                .filter(write -> write.sent())
                .anyMatch(write -> write.resource() == resource
                        || RecordParts.of(write.resource()).anyMatch(part -> part == resource));
    }

    private static Interaction interaction(RequestDetails request) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        return operation == RestOperationTypeEnum.SEARCH_TYPE
                        || operation == RestOperationTypeEnum.GET_PAGE
                        || operation == RestOperationTypeEnum.HISTORY_TYPE
                        || AccessMatrix.standard().isLikeSearch(request.getOperation())
                ? Interaction.SEARCH
                : Interaction.READ;
    }

    private static boolean isOfServer(@Nullable RequestDetails request) {
        return !(request instanceof ServletRequestDetails);
    }
}
