package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.access.ScopeContext;
import eu.sinusnode.policy.access.Scopes.Scope;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may find and have: all {@link NarrowingSource}s together. Searches are narrowed by it, single records are
 * decided by it, writes ask it whom they may be for. Nothing else decides on a patient's records.
 */
public final class RecordVisibility {

    private final List<NarrowingSource> sources;
    private final ScopeSource scopes = new ScopeSource();

    /** @param sources in the order in which their refusals are reported */
    RecordVisibility(List<NarrowingSource> sources) {
        this.sources = List.copyOf(sources);
    }

    public static RecordVisibility standard() {
        return new RecordVisibility(List.of(
                new CompartmentSource(),
                new NoRecordsSource(),
                new RestrictionSource(),
                new LinkSource("representation", Relationship.REPRESENTATIVE),
                new LinkSource("care team", Relationship.CARE_TEAM),
                new LinkSource("membership", Relationship.COVERAGE),
                new LinkSource("device", Relationship.DEVICE),
                new OwnDevicesSource(),
                new ConsentSource(new ConsentPolicy()),
                new ScopeSource()));
    }

    public List<NarrowingSource> sources() {
        return sources;
    }

    /** What every source leaves. */
    public Extent extent(Question question) {
        Extent extent = new Extent.Everything();
        for (NarrowingSource source : sources) {
            extent = extent.and(source.extent(question));
        }
        return extent;
    }

    /**
     * Decides one record.
     *
     * @param interaction by which the record would be reached; null when no scope is asked for
     * @param standings by patient id; a patient who is missing here is refused
     */
    public Decision decideRecord(
            Caller caller,
            @Nullable Interaction interaction,
            RecordFacts record,
            Map<String, Standing> standings,
            Instant at) {
        if (record.ownership() instanceof Ownership.Unknown) {
            return new Decision.Deny(
                    DenialCode.GATE, "it cannot be told whose record this " + record.resourceType() + " is");
        }
        if (record.ownership() instanceof Ownership.OfOrganization owner
                && !owner.organizationId().equals(caller.organizationId())) {
            return new Decision.Deny(
                    DenialCode.RELATIONSHIP, "this " + record.resourceType() + " belongs to another organization");
        }
        if (record.ownership() instanceof Ownership.OfPatients owners) {
            for (String patientId : owners.patientIds()) {
                Standing standing = standings.getOrDefault(patientId, new Standing(patientId, false, List.of()));
                Decision decision =
                        decide(new Question(caller, interaction, record.resourceType(), standing, at), record);
                if (decision instanceof Decision.Deny) {
                    return decision;
                }
            }
        } else {
            Decision decision = decide(new Question(caller, interaction, record.resourceType(), null, at), record);
            if (decision instanceof Decision.Deny) {
                return decision;
            }
        }
        if (record.unsigned() && seesSignedOnly(caller.kind())) {
            return new Decision.Deny(DenialCode.UNSIGNED, "the " + record.resourceType() + " has not been signed yet");
        }
        return Decision.Permit.of("consent", "every source gives the record");
    }

    /** Each source by itself, so that the reason is that of the first one that withholds the record. */
    private Decision decide(Question question, RecordFacts record) {
        for (NarrowingSource source : sources) {
            Decision decision = source.decide(question, record);
            if (decision instanceof Decision.Deny) {
                return decision;
            }
        }
        return Decision.Permit.of("consent", "every source gives the record");
    }

    /** Whether the link is there that such a caller needs, as the source of it says; empty when it needs none. */
    public Optional<Decision> decideLink(Caller caller, RecordFacts record, Standing standing, Instant at) {
        Question question = new Question(caller, null, record.resourceType(), standing.byConsent(), at);
        return sources.stream()
                .filter(source -> source instanceof LinkSource link
                        && link.relationship() == caller.kind().relationship())
                .map(source -> source.decide(question, record))
                .findFirst();
    }

    /** Whether the caller may write records of the type for the patient. The administrator loads for everybody. */
    public Decision decideWriteFor(
            Caller caller, @Nullable Interaction interaction, String resourceType, Standing standing, Instant at) {
        if (caller.kind() == CallerKind.ADMINISTRATOR) {
            return Decision.Permit.of("loader", "the administrator loads for every patient");
        }
        Question question = new Question(caller, interaction, resourceType, standing, at);
        for (NarrowingSource source : sources) {
            Decision decision = source.writeFor(question);
            if (decision instanceof Decision.Deny) {
                return decision;
            }
        }
        return Decision.Permit.of("narrowing", "every source lets the caller write for the patient");
    }

    /** Whether what is to be written lies within the filters of the token's scopes; for whom it is, is another question. */
    public Decision decideContent(Caller caller, Interaction interaction, RecordFacts written, Instant at) {
        List<Standing> owners = written.ownership() instanceof Ownership.OfPatients of
                ? of.patientIds().stream()
                        .map(id -> new Standing(id, true, List.of()))
                        .toList()
                : List.of();
        boolean outside = owners.stream()
                .map(owner -> scopes.extent(new Question(caller, interaction, written.resourceType(), owner, at)))
                .anyMatch(extent -> extent instanceof Extent.Only && !extent.contains(written));
        return outside
                ? new Decision.Deny(
                        DenialCode.SCOPE,
                        "the " + written.resourceType() + " lies outside what the token's scopes are limited to")
                : Decision.Permit.of("scope", "within the token's scopes");
    }

    /** The one patient whose records of the type the caller can reach at all; empty when that is not one. */
    public Optional<String> confinedTo(Caller caller, String resourceType, Interaction interaction) {
        boolean confined = caller.kind().actsAsPatient()
                || caller.scopes().giving(caller.kind().scopeContexts(), resourceType, interaction).stream()
                        .map(Scope::context)
                        .allMatch(context -> context == ScopeContext.PATIENT);
        return confined ? Optional.ofNullable(caller.patientId()) : Optional.empty();
    }

    /** Insurer, researcher, patient and representative do not see a finding before somebody answers for it. */
    public boolean seesSignedOnly(CallerKind kind) {
        return kind.actsAsPatient() || kind == CallerKind.INSURER || kind == CallerKind.RESEARCHER;
    }
}
