package eu.sinusnode.server.subscriptions;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.subscription.Backport;
import eu.sinusnode.policy.subscription.SubscriptionOrder.Content;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** What a Subscription's endpoint and its owner are told, in the form of the Backport IG for R4. */
public final class Notifications {

    private final FhirContext context;
    private final String serverBase;

    public Notifications(FhirContext context, String serverBase) {
        this.context = context;
        this.serverBase = serverBase;
    }

    /** Why a notification is sent. */
    public enum Kind {
        HANDSHAKE("handshake"),
        HEARTBEAT("heartbeat"),
        EVENT("event-notification"),
        STATUS("query-status"),
        EVENTS("query-event");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    /**
     * An event that is told.
     *
     * @param number from 1 on; what is sent again has the same
     * @param focus {@code Type/id}
     */
    public record Told(long number, Instant occurred, String focus) {}

    /** @return empty for a classic Subscription, whose notification is a POST without a body */
    public byte[] body(StoredSubscription subscription, Kind kind, long lastNumber, List<Told> events) {
        if (subscription.order().topic() == null) {
            return new byte[0];
        }
        return context.newJsonParser()
                .encodeResourceToString(bundle(
                        subscription,
                        kind,
                        lastNumber,
                        events,
                        subscription.order().content()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The answer of {@code $events}. */
    Bundle events(StoredSubscription subscription, List<Told> events, Content content) {
        return bundle(subscription, Kind.EVENTS, subscription.told(), events, content);
    }

    private Bundle bundle(
            StoredSubscription subscription, Kind kind, long lastNumber, List<Told> events, Content content) {
        Bundle bundle = new Bundle();
        bundle.getMeta().addProfile(Backport.NOTIFICATION);
        bundle.setId(UUID.randomUUID().toString());
        bundle.setType(BundleType.HISTORY).setTimestamp(new Date());
        Parameters status = status(subscription, kind, lastNumber, events, content);
        Bundle.BundleEntryComponent entry =
                bundle.addEntry().setFullUrl("urn:uuid:" + status.getIdPart()).setResource(status);
        entry.getRequest()
                .setMethod(HTTPVerb.GET)
                .setUrl(serverBase + "/Subscription/" + subscription.id() + "/$status");
        entry.getResponse().setStatus("200");
        return bundle;
    }

    /** The answer of {@code $status}. */
    Bundle answer(List<StoredSubscription> subscriptions) {
        Bundle bundle = new Bundle();
        bundle.setType(BundleType.SEARCHSET).setTotal(subscriptions.size());
        for (StoredSubscription each : subscriptions) {
            Parameters status = status(each, Kind.STATUS, each.told(), List.of(), Content.EMPTY);
            bundle.addEntry()
                    .setFullUrl("urn:uuid:" + status.getIdPart())
                    .setResource(status)
                    .getSearch()
                    .setMode(Bundle.SearchEntryMode.MATCH);
        }
        return bundle;
    }

    private Parameters status(
            StoredSubscription subscription, Kind kind, long lastNumber, List<Told> events, Content content) {
        Parameters status = new Parameters();
        status.setId(UUID.randomUUID().toString());
        status.getMeta().addProfile(Backport.STATUS);
        status.addParameter()
                .setName("subscription")
                .setValue(new Reference(serverBase + "/Subscription/" + subscription.id()));
        String topic = subscription.order().topic();
        if (topic != null) {
            status.addParameter().setName("topic").setValue(new CanonicalType(topic));
        }
        status.addParameter("status", new CodeType(subscription.state().code()));
        status.addParameter("type", new CodeType(kind.code));
        status.addParameter("events-since-subscription-start", new StringType(Long.toString(lastNumber)));
        for (Told event : events) {
            ParametersParameterComponent part = status.addParameter().setName("notification-event");
            part.addPart().setName("event-number").setValue(new StringType(Long.toString(event.number())));
            part.addPart().setName("timestamp").setValue(new InstantType(Date.from(event.occurred())));
            if (content == Content.ID_ONLY) {
                part.addPart().setName("focus").setValue(new Reference(serverBase + "/" + event.focus()));
            }
        }
        if (subscription.problem() != null) {
            status.addParameter()
                    .setName("error")
                    .setValue(new CodeableConcept().setText(Objects.requireNonNull(subscription.problem())));
        }
        return status;
    }
}
