package eu.sinusnode.policy.subscription;

import eu.sinusnode.profiles.Canonicals;
import java.util.Map;
import java.util.TreeMap;

/** Canonical URLs of the Subscriptions R5 Backport IG (1.1.0) for R4, and of the topics that this server has. */
public final class Backport {

    private static final String BASE = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";

    public static final String SUBSCRIPTION = BASE + "backport-subscription";
    public static final String NOTIFICATION = BASE + "backport-subscription-notification-r4";
    public static final String STATUS = BASE + "backport-subscription-status-r4";
    public static final String FILTER = BASE + "backport-filter-criteria";
    public static final String CONTENT = BASE + "backport-payload-content";
    public static final String HEARTBEAT = BASE + "backport-heartbeat-period";
    public static final String MOST_EVENTS = BASE + "backport-max-count";
    public static final String STATUS_OPERATION = operation("status");
    public static final String EVENTS_OPERATION = operation("events");
    public static final String BINDING_OPERATION = operation("get-ws-binding-token");
    /** On the Subscription in a CapabilityStatement: a topic that the server has. */
    public static final String TOPIC_IN_CAPABILITIES = BASE + "capabilitystatement-subscriptiontopic-canonical";

    private static final Map<String, String> TOPICS = new TreeMap<>(Map.of(
            "Appointment", topic("appointment-changed"),
            "CarePlan", topic("care-plan-changed"),
            "Observation", topic("observation-changed"),
            "Task", topic("task-changed")));

    private Backport() {}

    private static String operation(String name) {
        return "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-" + name;
    }

    /** R4 has no resource for a topic: its canonical URL is all that there is of it. */
    private static String topic(String name) {
        return Canonicals.BASE + "/SubscriptionTopic/" + name;
    }

    /** By resource type, the topic of its records being created and updated. */
    public static Map<String, String> topics() {
        return Map.copyOf(TOPICS);
    }
}
