package eu.sinusnode.server.subscriptions;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.disclosure.EventDisclosure;
import eu.sinusnode.policy.subscription.SubscriptionOrder;
import eu.sinusnode.policy.subscription.SubscriptionPolicy;
import eu.sinusnode.policy.subscription.SubscriptionPolicy.Reading;
import eu.sinusnode.policy.validation.WriteIssue;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.residency.EndpointRegistry;
import eu.sinusnode.server.rest.GivenParameters;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelComponent;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions out of their own store. Each belongs to the client that created it, for whom it called; to every other caller
 * it does not exist. What is to be changed is deleted and created anew.
 */
public final class SubscriptionProvider implements IResourceProvider {

    private static final String KEPT = ": (kept)";

    private final SubscriptionTable table;
    private final EventDisclosure disclosure;
    private final EndpointRegistry endpoints;
    private final Notifications notifications;
    private final ToldEvents told;
    private final SocketBindings sockets;
    private final FhirContext context;
    private final int mostPerClient;
    private final Clock clock;

    SubscriptionProvider(
            SubscriptionTable table,
            EventDisclosure disclosure,
            EndpointRegistry endpoints,
            Notifications notifications,
            SocketBindings sockets,
            FhirContext context,
            int mostPerClient,
            Clock clock) {
        this.table = table;
        this.disclosure = disclosure;
        this.endpoints = endpoints;
        this.notifications = notifications;
        this.sockets = sockets;
        this.told = new ToldEvents(table, disclosure, clock);
        this.context = context;
        this.mostPerClient = mostPerClient;
        this.clock = clock;
    }

    @Override
    public Class<Subscription> getResourceType() {
        return Subscription.class;
    }

    @Create
    public MethodOutcome create(@ResourceParam Subscription asked, RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        SubscriptionOrder order = understood(asked, caller, request);
        demand(disclosure.decideType(caller, order.criteria().resourceType()), request);
        if (order.endpoint() != null) {
            demand(endpoints.decide(order.endpoint()), request);
        }
        asked.getMeta().setLastUpdated(Date.from(clock.instant()));
        withoutSecrets(asked.getChannel(), order);
        UUID id = table.add(
                        caller,
                        order,
                        context.newJsonParser().encodeResourceToString(asked),
                        asked.hasEnd() ? asked.getEnd().toInstant() : null,
                        mostPerClient)
                .orElseThrow(() -> DenialLedger.refuse(
                        request,
                        new Decision.Deny(
                                DenialCode.SUBSCRIPTION_MANY, "the client has " + mostPerClient + " Subscriptions"),
                        null));
        IdType named = new IdType("Subscription", id.toString(), "1");
        asked.setId(named);
        asked.getMeta().setVersionId("1");
        return new MethodOutcome(named, true).setResource(asked);
    }

    private SubscriptionOrder understood(Subscription asked, Caller caller, RequestDetails request) {
        AccessMatrix matrix = AccessMatrix.standard();
        SubscriptionPolicy policy = new SubscriptionPolicy((type, parameter) ->
                matrix.searchParameters(caller.kind(), type).contains(parameter));
        Reading reading = policy.read(asked, clock.instant());
        if (reading instanceof Reading.Refused refused) {
            refused.issues().stream()
                    .map(issue -> new Decision.Deny(issue.code(), issue.path() + " was refused"))
                    .distinct()
                    .forEach(deny -> DenialLedger.note(request, deny, null));
            throw Denials.unprocessable(refused.issues().stream()
                    .map((WriteIssue issue) -> issue.toIssue("Subscription"))
                    .toList());
        }
        return ((Reading.Understood) reading).order();
    }

    private static void demand(Decision decision, RequestDetails request) {
        if (decision instanceof Decision.Deny deny) {
            throw DenialLedger.refuse(request, deny, null);
        }
    }

    /** Whoever reads it later, its owner too, has no need of the password. */
    private static void withoutSecrets(SubscriptionChannelComponent channel, SubscriptionOrder order) {
        channel.setHeader(null);
        order.headerNames().forEach(name -> channel.addHeader(name + KEPT));
    }

    /** The answer is as for an id that nothing has when it is another client's. */
    @Read
    public Subscription read(@IdParam IdType id, RequestDetails request) {
        return own(id, request).resource(context);
    }

    @Search
    public List<Subscription> search(
            @OptionalParam(name = Resource.SP_RES_ID) @Nullable TokenOrListParam id,
            @OptionalParam(name = Subscription.SP_STATUS) @Nullable TokenOrListParam status,
            RequestDetails request) {
        return own(values(id), values(status), request).stream()
                .map(each -> each.resource(context))
                .toList();
    }

    private List<StoredSubscription> own(
            Optional<Set<String>> ids, Optional<Set<String>> states, RequestDetails request) {
        return table.all(CurrentCaller.require(request)).stream()
                .filter(each ->
                        ids.map(wanted -> wanted.contains(each.id().toString())).orElse(true))
                .filter(each -> states.map(
                                wanted -> wanted.contains(each.state().code()))
                        .orElse(true))
                .toList();
    }

    private static Optional<Set<String>> values(@Nullable TokenOrListParam asked) {
        return Optional.ofNullable(asked).map(values -> values.getValuesAsQueryTokens().stream()
                .map(TokenParam::getValue)
                .collect(Collectors.toSet()));
    }

    /** Whose it is was decided before, on the request's way. */
    @Delete
    public MethodOutcome delete(@IdParam IdType id, RequestDetails request) {
        StoredSubscription own = own(id, request);
        table.delete(own.id(), CurrentCaller.require(request));
        return new MethodOutcome();
    }

    /** How it stands with it, for its owner; it also shows that the owner is still there. */
    @Operation(name = "$status", idempotent = true)
    public Bundle status(@IdParam IdType id, RequestDetails request) {
        return notifications.answer(List.of(own(id, request)));
    }

    /** The same of all of the caller's own, or of those that have these ids and statuses. */
    @Operation(name = "$status", idempotent = true)
    public Bundle statuses(@ResourceParam @Nullable Parameters body, RequestDetails request) {
        GivenParameters given =
                GivenParameters.of(request, body, Set.of("id", "status"), false, AskedEvents::malformed);
        List<StoredSubscription> found = own(among(given.all("id")), among(given.all("status")), request);
        found.forEach(each -> table.contact(each.id()));
        return notifications.answer(found);
    }

    private static Optional<Set<String>> among(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(values));
    }

    /** What was told before, as far as it may be told now. */
    @Operation(name = "$events", idempotent = true)
    public Bundle events(@IdParam IdType id, @ResourceParam @Nullable Parameters body, RequestDetails request) {
        StoredSubscription own = own(id, request);
        demand(
                disclosure.decideType(
                        CurrentCaller.require(request), own.order().criteria().resourceType()),
                request);
        AskedEvents asked = AskedEvents.of(
                GivenParameters.of(request, body, AskedEvents.PARAMETERS, false, AskedEvents::malformed),
                own.order().content());
        return notifications.events(own, told.of(own, asked, request), asked.content());
    }

    /** A token that binds a websocket to the Subscription. */
    @Operation(name = "$get-ws-binding-token", idempotent = true)
    public Parameters bindingToken(@IdParam IdType id, RequestDetails request) {
        StoredSubscription own = own(id, request);
        if (!SocketBindings.isFor(own)) {
            throw AskedEvents.malformed("The Subscription has no websocket, or is off.");
        }
        return sockets.token(List.of(own));
    }

    /** One token for all of the caller's own that have a websocket, or for the named ones. */
    @Operation(name = "$get-ws-binding-token", idempotent = true)
    public Parameters bindingTokens(@ResourceParam @Nullable Parameters body, RequestDetails request) {
        GivenParameters given = GivenParameters.of(request, body, Set.of("id"), false, AskedEvents::malformed);
        List<StoredSubscription> named = sockets.named(given.all("id"), CurrentCaller.require(request))
                .orElseThrow(() -> AskedEvents.malformed(
                        "Each id is that of a Subscription of this client that has a websocket and is not off."));
        named.forEach(each -> table.contact(each.id()));
        return sockets.token(named);
    }

    private StoredSubscription own(IdType id, RequestDetails request) {
        StoredSubscription own = ResourceIds.parse(id.getIdPart())
                .flatMap(parsed -> table.find(parsed, CurrentCaller.require(request)))
                .orElseThrow(() -> Denials.unknown("Subscription/" + id.getIdPart()));
        table.contact(own.id());
        return own;
    }
}
