package eu.sinusnode.policy.pipeline;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.audit.AuditInterceptor;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.DenialAudit;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.policy.authentication.AuthenticationInterceptor;
import eu.sinusnode.policy.authentication.AuthenticationPolicy;
import eu.sinusnode.policy.authorization.AuthorizationInterceptor;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.authorization.Formats;
import eu.sinusnode.policy.authorization.IncludeForm;
import eu.sinusnode.policy.authorization.LenientForm;
import eu.sinusnode.policy.authorization.LenientInterceptor;
import eu.sinusnode.policy.authorization.NegotiationInterceptor;
import eu.sinusnode.policy.authorization.OpenHeaders;
import eu.sinusnode.policy.authorization.OpenParameters;
import eu.sinusnode.policy.authorization.SearchForm;
import eu.sinusnode.policy.authorization.SubsetForm;
import eu.sinusnode.policy.authorization.TransactionForm;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.disclosure.AnswerAuditInterceptor;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.policy.disclosure.ConsentDecisions;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.policy.disclosure.DisclosureInterceptor;
import eu.sinusnode.policy.disclosure.DisclosurePolicy;
import eu.sinusnode.policy.disclosure.ErrorInterceptor;
import eu.sinusnode.policy.disclosure.EventDisclosure;
import eu.sinusnode.policy.disclosure.IncludeInterceptor;
import eu.sinusnode.policy.disclosure.RecordAccess;
import eu.sinusnode.policy.disclosure.SubsetInterceptor;
import eu.sinusnode.policy.disclosure.WriteAnswerInterceptor;
import eu.sinusnode.policy.narrowing.ConditionSearch;
import eu.sinusnode.policy.narrowing.ConditionalCreate;
import eu.sinusnode.policy.narrowing.ConditionalCreateInterceptor;
import eu.sinusnode.policy.narrowing.HistoryPages;
import eu.sinusnode.policy.narrowing.Inclusion;
import eu.sinusnode.policy.narrowing.PopulationPages;
import eu.sinusnode.policy.narrowing.PopulationSearchReader;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.policy.narrowing.SearchNarrowing;
import eu.sinusnode.policy.narrowing.SearchNarrowingInterceptor;
import eu.sinusnode.policy.narrowing.SearchPagesInterceptor;
import eu.sinusnode.policy.narrowing.SubSearches;
import eu.sinusnode.policy.narrowing.WideMatches;
import eu.sinusnode.policy.narrowing.WideSearchReader;
import eu.sinusnode.policy.narrowing.words.FullTextInterceptor;
import eu.sinusnode.policy.narrowing.words.WordSearch;
import eu.sinusnode.policy.residency.CallerRegistration;
import eu.sinusnode.policy.residency.ResidencyInterceptor;
import eu.sinusnode.policy.residency.ResidencyPolicy;
import eu.sinusnode.policy.search.SearchDefinitions;
import eu.sinusnode.policy.search.SearchedValues;
import eu.sinusnode.policy.validation.BulkWrites;
import eu.sinusnode.policy.validation.ChangeInterceptor;
import eu.sinusnode.policy.validation.ContentPolicy;
import eu.sinusnode.policy.validation.ContentRules;
import eu.sinusnode.policy.validation.NamingPolicy;
import eu.sinusnode.policy.validation.RecordedConsents;
import eu.sinusnode.policy.validation.ReferencePolicy;
import eu.sinusnode.policy.validation.StoredVersionPolicy;
import eu.sinusnode.policy.validation.WriteChecks;
import eu.sinusnode.policy.validation.WriteInterceptor;
import eu.sinusnode.policy.validation.form.BodyForm;
import eu.sinusnode.policy.validation.form.BodyFormInterceptor;
import java.time.LocalDate;
import java.util.List;

/**
 * The table of contents of the request's way. The steps run in the order of this list; their numbers stand in
 * {@link eu.sinusnode.policy.access.StepOrder}. Register all of them on the one interceptor service that RestfulServer and
 * the storage share, before the first request is served.
 */
public final class RequestPipeline {

    private final RequestScope scope;
    private final AuthorizationPolicy authorization;
    private final RecordVisibility visibility;
    private final SearchNarrowing narrowing;
    private final WideMatches wideMatches;
    private final WriteChecks writeChecks;
    private final DenialAudit denialAudit;
    private final RequestAudit requestAudit;
    private final RecordAccess recordAccess;
    private final DisclosureGate gate;
    private final BulkDisclosure bulkDisclosure;
    private final EventDisclosure eventDisclosure;
    private final BulkWrites bulkWrites;
    private final ConsentDecisions consentDecisions;
    private final List<Object> interceptors;

    public RequestPipeline(FhirContext context, PipelinePorts ports, PipelineSettings settings) {
        AccessMatrix matrix = AccessMatrix.standard();
        this.scope = new RequestScope(
                ports.permits(),
                ports.openings(),
                ports.organizations(),
                ports.callers(),
                ports.storedRecords(),
                ports.clock(),
                settings.serverBase());
        this.authorization = new AuthorizationPolicy(matrix);
        this.visibility = RecordVisibility.standard();
        AuditTrail trail = new AuditTrail(ports.auditSink(), ports.clock());
        this.denialAudit = new DenialAudit(trail);
        this.requestAudit = new RequestAudit(trail, denialAudit, ports.valueKey());
        DisclosurePolicy disclosure = new DisclosurePolicy(authorization, visibility);
        DisclosureGate gate = new DisclosureGate(disclosure, scope, ports.gateMetrics());
        CallerRegistration registration = new CallerRegistration(
                new ResidencyPolicy(settings.residency()),
                ports.organizations(),
                ports.practitioners(),
                () -> LocalDate.now(ports.clock().withZone(settings.zone())));
        this.gate = gate;
        this.narrowing = new SearchNarrowing(visibility, settings.maxPatientsPerSearch(), settings.serverBase());
        OpenParameters parameters = new OpenParameters(matrix);
        ConditionSearch conditions = new ConditionSearch(narrowing, ports.storedSearch(), scope);
        StoredVersionPolicy storedVersions = new StoredVersionPolicy(visibility);
        this.writeChecks = new WriteChecks(
                context,
                storedVersions,
                new ContentPolicy(),
                new ContentRules(new ConsentCompiler(settings.zone()), settings.futureTolerance()),
                new RecordedConsents(new ConsentCompiler(settings.zone()), ports.sentRecords()),
                new NamingPolicy(visibility),
                new ReferencePolicy(visibility),
                ports.profileCheck(),
                visibility,
                ports.storedSearch(),
                ports.storedRecords());
        this.recordAccess = new RecordAccess(
                registration,
                disclosure,
                ports.permits(),
                ports.openings(),
                ports.storedRecords(),
                ports.clock(),
                settings.serverBase());
        this.bulkDisclosure = new BulkDisclosure(
                matrix, registration, disclosure, ports.permits(), ports.storedRecords(), settings.serverBase());
        this.eventDisclosure = new EventDisclosure(
                registration, disclosure, ports.permits(), ports.storedRecords(), settings.serverBase());
        this.bulkWrites = new BulkWrites(
                registration,
                authorization,
                writeChecks,
                new BodyForm(context),
                ports.permits(),
                ports.storedRecords(),
                settings.serverBase());
        this.consentDecisions = new ConsentDecisions(
                registration, disclosure, ports.permits(), ports.openings(), new ConsentCompiler(settings.zone()));
        SearchDefinitions definitions = SearchDefinitions.of(ports.searchParameters(), matrix);
        WideSearchReader wide = new WideSearchReader(visibility, settings.serverBase());
        this.wideMatches = new WideMatches(visibility, ports.permits(), ports.wideRows());
        AuthenticationInterceptor authentication = new AuthenticationInterceptor(new AuthenticationPolicy());
        IncludeForm includes = new IncludeForm(matrix, authorization, definitions);
        this.interceptors = List.of(
                authentication,
                new ResidencyInterceptor(registration, scope::organization),
                new NegotiationInterceptor(matrix, new Formats()),
                new LenientInterceptor(new LenientForm(matrix, definitions)),
                new AuthorizationInterceptor(
                        authorization,
                        new SearchForm(matrix, authorization, definitions, includes),
                        includes,
                        new SearchedValues(definitions),
                        parameters,
                        new OpenHeaders(),
                        new TransactionForm(),
                        authentication::identify),
                new SubsetInterceptor(new SubsetForm()),
                new IncludeInterceptor(
                        new Inclusion(narrowing, definitions, ports.storedSearch()),
                        gate,
                        scope,
                        settings.serverBase()),
                new SearchNarrowingInterceptor(
                        new SubSearches(narrowing, definitions, ports.storedSearch(), wide, wideMatches),
                        narrowing,
                        new PopulationSearchReader(visibility),
                        wide,
                        scope),
                new FullTextInterceptor(new WordSearch(ports.fullText(), settings.serverBase())),
                new SearchPagesInterceptor(),
                new HistoryPages(),
                new PopulationPages(),
                new BodyFormInterceptor(new BodyForm(context)),
                new ConditionalCreateInterceptor(
                        new ConditionalCreate(), authorization, parameters, conditions, ports.sentRecords()),
                new ChangeInterceptor(
                        authorization, storedVersions, conditions, ports.patches(), ports.storedRecords(), scope),
                new WriteInterceptor(writeChecks, scope),
                new DisclosureInterceptor(gate),
                new WriteAnswerInterceptor(gate),
                new AnswerAuditInterceptor(scope, settings.serverBase()),
                new AuditInterceptor(requestAudit),
                new ErrorInterceptor());
    }

    /** The facts of a request, for providers that answer from the same ones. */
    public RequestScope scope() {
        return scope;
    }

    /** What decides on records, for providers that compute what they answer. */
    public RecordVisibility visibility() {
        return visibility;
    }

    /** What a search may find, for providers that search by themselves. */
    public SearchNarrowing narrowing() {
        return narrowing;
    }

    /** What conditions through references stand for, for providers that decide record by record what a search finds. */
    public WideMatches wideMatches() {
        return wideMatches;
    }

    /** What a kind of caller and its token may do, for providers that learn from the body what is asked. */
    public AuthorizationPolicy authorization() {
        return authorization;
    }

    /** For providers that tell what a write would be answered. */
    public WriteChecks writeChecks() {
        return writeChecks;
    }

    /** For providers that decide on versions of a record. */
    public DisclosureGate gate() {
        return gate;
    }

    /** For {@code RestfulServer.registerInterceptors}. */
    public List<Object> interceptors() {
        return interceptors;
    }

    /** For operations that write their answer themselves. */
    public RequestAudit requestAudit() {
        return requestAudit;
    }

    /** For the security chain, which refuses before this pipeline begins. */
    public DenialAudit denialAudit() {
        return denialAudit;
    }

    /** For what is decided like a read, but beside the FHIR endpoint. */
    public RecordAccess recordAccess() {
        return recordAccess;
    }

    /** For who asks what a read of somebody else would be answered. */
    public ConsentDecisions consentDecisions() {
        return consentDecisions;
    }

    /** For who is told that something happened. */
    public EventDisclosure eventDisclosure() {
        return eventDisclosure;
    }

    /** For records that come in files. */
    public BulkWrites bulkWrites() {
        return bulkWrites;
    }

    /** For records that leave in files. */
    public BulkDisclosure bulkDisclosure() {
        return bulkDisclosure;
    }
}
