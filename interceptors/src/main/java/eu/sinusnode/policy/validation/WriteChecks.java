package eu.sinusnode.policy.validation;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.StoredReferences;
import eu.sinusnode.policy.validation.ReferencePolicy.Mention;
import eu.sinusnode.profiles.ValidationIssue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What a write must satisfy, for the step that lets it be stored and for {@code $validate}, which only tells. */
public final class WriteChecks {

    private static final String PATIENT = "Patient/";

    private final StoredVersionPolicy storedVersions;
    private final ContentPolicy content;
    private final DeletionPolicy deletions = new DeletionPolicy();
    private final ReleasedRecords released;
    private final StewardPolicy stewards = new StewardPolicy();
    private final ContentRules rules;
    private final RecordedConsents recorded;
    private final NamingPolicy naming;
    private final ReferencePolicy referencePolicy;
    private final PatientLinks links = new PatientLinks();
    private final ProfileCheck profiles;
    private final RecordVisibility visibility;
    private final Mentions mentions;

    public WriteChecks(
            FhirContext context,
            StoredVersionPolicy storedVersions,
            ContentPolicy content,
            ContentRules rules,
            RecordedConsents recorded,
            NamingPolicy naming,
            ReferencePolicy referencePolicy,
            ProfileCheck profiles,
            RecordVisibility visibility,
            RecordSearch search,
            StoredRecords storedRecords) {
        this.storedVersions = storedVersions;
        this.content = content;
        this.rules = rules;
        this.recorded = recorded;
        this.naming = naming;
        this.referencePolicy = referencePolicy;
        this.profiles = profiles;
        this.visibility = visibility;
        this.mentions = new Mentions(context);
        this.released = new ReleasedRecords(search, storedRecords);
    }

    /**
     * What was found in a resource.
     *
     * @param issues for the sender: for each of them it is not stored
     * @param remarks of the profiles, for which it is stored all the same
     * @param denials what the audit has to know beside: by patient id, why that patient's record may not be written, or
     *     not be named
     */
    public record Findings(
            List<WriteIssue> issues, List<ValidationIssue> remarks, Map<String, Decision.Deny> denials) {}

    /** References as they will be once all of the writes are stored. */
    public static References once(List<RequestedWrite> writes, References stored) {
        return new TransactionReferences(writes, stored);
    }

    /** Every literal reference of what is to be written. */
    List<Mention> mentions(RequestedWrite write) {
        return mentions.of(write.resource());
    }

    /**
     * Reads at once what the writes will be decided on: the records that they refer to, and how the caller stands to the
     * patients whose records they are.
     *
     * @param mentioned of all of them
     * @param once references as they will be
     */
    static void expect(
            List<RequestedWrite> writes,
            List<Mention> mentioned,
            References once,
            StoredReferences stored,
            PatientStandings standings) {
        Set<String> named = mentioned.stream()
                .flatMap(mention -> stored.canonical(mention.reference()).stream())
                .collect(Collectors.toSet());
        stored.expect(named);
        Stream<String> ofWrites = writes.stream()
                .flatMap(write -> RecordOwners.ownerReferences(write.resource()).stream())
                .map(Reference::getReference)
                .filter(Objects::nonNull)
                .flatMap(reference -> once.canonical(reference).stream())
                .filter(canonical -> canonical.startsWith(PATIENT))
                .map(canonical -> canonical.substring(PATIENT.length()));
        RecordOwners owners = new RecordOwners(stored);
        Stream<String> ofNamed = named.stream()
                .filter(canonical -> !canonical.startsWith(PATIENT))
                .flatMap(canonical -> stored.find(canonical).stream())
                .flatMap(record -> owners.of(record) instanceof Ownership.OfPatients of
                        ? of.patientIds().stream()
                        : Stream.empty());
        standings.of(Stream.concat(ofWrites, ofNamed).collect(Collectors.toSet()));
    }

    /**
     * Whether the caller may write over, or delete, what is there.
     *
     * @param stored the current version; empty when the id is unknown
     */
    public Decision decideStored(
            Caller caller,
            RequestedWrite write,
            Optional<Resource> stored,
            References references,
            PatientStandings standings) {
        Decision decision =
                storedVersions.decide(caller, write.interaction(), write.id(), stored, references, standings);
        return decision instanceof Decision.Deny ? decision : recorded.decideStored(caller, stored);
    }

    /**
     * Whether the caller may state, or take back, just this.
     *
     * @param references as they will be
     */
    public Decision decideContent(
            Caller caller,
            RequestedWrite write,
            Optional<Resource> stored,
            References references,
            PatientStandings standings) {
        References open = open(caller, write, stored, references, standings);
        RecordFacts facts = new RecordFactsReader(open).read(write.resource(), Optional.ofNullable(write.id()));
        Decision scope = visibility.decideContent(caller, write.interaction(), facts, standings.at());
        if (scope instanceof Decision.Deny) {
            return scope;
        }
        Decision said = write.interaction() == Interaction.DELETE
                ? deletion(caller, write.resource())
                : content.decide(caller, write.interaction(), write.resource(), stored);
        return said instanceof Decision.Deny ? said : stewards.decide(caller, write.resource(), stored, open);
    }

    private Decision deletion(Caller caller, Resource stored) {
        Decision said = deletions.decide(caller, stored);
        return said instanceof Decision.Deny ? said : released.decide(stored);
    }

    /**
     * Every fault of a resource that is to be stored.
     *
     * @param references as they will be
     */
    public Findings find(
            Caller caller,
            RequestedWrite write,
            Optional<Resource> stored,
            References references,
            PatientStandings standings) {
        return find(caller, write, mentions(write), stored, references, standings);
    }

    /** @param mentioned by the write, as {@link #mentions} tells */
    Findings find(
            Caller caller,
            RequestedWrite write,
            List<Mention> mentioned,
            Optional<Resource> stored,
            References references,
            PatientStandings standings) {
        List<WriteIssue> issues = new ArrayList<>();
        List<ValidationIssue> remarks = new ArrayList<>();
        for (ValidationIssue issue : profiles.validate(write.resource())) {
            if (issue.isError()) {
                issues.add(new WriteIssue(DenialCode.PROFILE, issue.location(), issue.message()));
            } else {
                remarks.add(issue);
            }
        }
        issues.addAll(rules.check(write.resource(), standings.at(), reference -> references
                .canonical(reference)
                .orElse(reference)));
        OpenReferences open = open(caller, write, stored, references, standings);
        issues.addAll(recorded.check(caller, write.resource(), stored, open, standings.at()));
        ReferencePolicy.Findings referred = referencePolicy.check(caller, write, mentioned, open, standings);
        issues.addAll(referred.issues());
        if (referred.denials().isEmpty()) {
            issues.addAll(links.check(write, stored, open));
        }
        stored.filter(was -> storedVersions.moves(write, was, open))
                .ifPresent(was -> issues.add(new WriteIssue(
                        DenialCode.REFERENCE,
                        ReferencePolicy.ownerPath(write),
                        "a record stays with the patient it belongs to")));
        Map<String, Decision.Deny> denials = new LinkedHashMap<>(open.withheld());
        denials.putAll(referred.denials());
        return new Findings(issues, remarks, denials);
    }

    /** What the writer may know of, for this one record. */
    private OpenReferences open(
            Caller caller,
            RequestedWrite write,
            Optional<Resource> stored,
            References references,
            PatientStandings standings) {
        return new OpenReferences(
                naming,
                caller,
                stored.isEmpty() ? KnownToRecorders.of(caller, write.resource(), references) : references,
                () -> Stream.concat(
                                stored.stream()
                                        .flatMap(was -> mentions.of(was).stream())
                                        .flatMap(mention -> references.canonical(mention.reference()).stream()),
                                RecordedWithdrawals.named(caller, write.resource(), references).stream())
                        .collect(Collectors.toSet()),
                standings);
    }
}
