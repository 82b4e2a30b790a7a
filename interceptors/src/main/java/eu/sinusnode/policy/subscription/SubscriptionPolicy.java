package eu.sinusnode.policy.subscription;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.subscription.CriteriaReader.NotUnderstood;
import eu.sinusnode.policy.subscription.SubscriptionOrder.Content;
import eu.sinusnode.policy.validation.WriteIssue;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelComponent;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/**
 * Makes an order of a Subscription, or says of each element why it cannot be carried out. Nothing is passed over: what is
 * not understood refuses the Subscription.
 */
public final class SubscriptionPolicy {

    /** Events in one notification, unless fewer are asked for. */
    public static final int MOST_EVENTS = 20;

    private static final Duration SHORTEST_HEARTBEAT = Duration.ofSeconds(30);
    private static final Duration LONGEST_HEARTBEAT = Duration.ofDays(1);
    private static final int MOST_HEADERS = 5;
    private static final int LONGEST_ENDPOINT = 1_000;
    private static final Pattern HEADER = Pattern.compile("(Authorization|X-[A-Za-z0-9-]{1,60}): ([ -~]{1,4000})");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> OF_CHANNEL = Set.of(Backport.HEARTBEAT, Backport.MOST_EVENTS);

    private final CriteriaReader criteria;

    /** @param open whether the caller may search the type by the parameter */
    public SubscriptionPolicy(BiPredicate<String, String> open) {
        this.criteria = new CriteriaReader(open);
    }

    /** What came of a Subscription. */
    public sealed interface Reading {
        record Understood(SubscriptionOrder order) implements Reading {}

        /** @param issues at least one */
        record Refused(List<WriteIssue> issues) implements Reading {
            public Refused {
                issues = List.copyOf(issues);
            }
        }
    }

    public Reading read(Subscription asked, Instant now) {
        return new Run(asked, now).read();
    }

    private final class Run {
        private final Subscription asked;
        private final SubscriptionChannelComponent channel;
        private final Instant now;
        private final List<WriteIssue> issues = new ArrayList<>();

        private Run(Subscription asked, Instant now) {
            this.asked = asked;
            this.channel = asked.getChannel();
            this.now = now;
        }

        private Reading read() {
            if (asked.getStatus() != SubscriptionStatus.REQUESTED) {
                refuse("status", "a Subscription is created as requested; the server sets what follows");
            }
            boolean hook = channel.getType() == SubscriptionChannelType.RESTHOOK;
            boolean socket = channel.getType() == SubscriptionChannelType.WEBSOCKET;
            if (!hook && !socket) {
                refuse("channel.type", "the channel is rest-hook or websocket; email, sms and message are not served");
            }
            if (asked.hasEnd() && !asked.getEnd().toInstant().isAfter(now)) {
                refuse("end", "the end lies in the past");
            }
            Optional<String> topic = Optional.ofNullable(asked.getCriteria())
                    .filter(text -> Backport.topics().containsValue(text));
            Criteria wanted = criteria(topic);
            URI endpoint = socket ? none(topic.isPresent()) : endpoint();
            Map<String, String> headers = headers();
            Content content = content(topic.isPresent());
            channel.getExtension().stream()
                    .filter(extension -> !OF_CHANNEL.contains(extension.getUrl()))
                    .findFirst()
                    .ifPresent(other -> refuse("channel.extension", "the channel has an extension that is not served"));
            Integer heartbeat = number(Backport.HEARTBEAT);
            if (heartbeat != null
                    && (heartbeat < SHORTEST_HEARTBEAT.toSeconds() || heartbeat > LONGEST_HEARTBEAT.toSeconds())) {
                refuse("channel.extension", "a heartbeat comes every 30 to 86400 seconds");
            }
            Integer most = number(Backport.MOST_EVENTS);
            if (most != null && (most < 1 || most > MOST_EVENTS)) {
                refuse("channel.extension", "a notification has 1 to " + MOST_EVENTS + " events");
            }
            if (!issues.isEmpty() || wanted == null) {
                return new Reading.Refused(issues);
            }
            return new Reading.Understood(new SubscriptionOrder(
                    topic.orElse(null),
                    wanted,
                    endpoint,
                    headers,
                    content,
                    heartbeat == null ? null : Duration.ofSeconds(heartbeat),
                    most == null ? MOST_EVENTS : most));
        }

        /** With a topic the filter says the same as the criteria of a classic Subscription. */
        private @Nullable Criteria criteria(Optional<String> topic) {
            List<Extension> extensions = asked.getCriteriaElement().getExtension();
            List<String> filters = extensions.stream()
                    .filter(extension -> Backport.FILTER.equals(extension.getUrl()))
                    .map(extension -> extension.getValue() instanceof StringType text ? text.getValue() : "")
                    .toList();
            try {
                if (extensions.size() > filters.size() || filters.size() > (topic.isPresent() ? 1 : 0)) {
                    throw new NotUnderstood(
                            "beside the canonical URL of a topic stands backport-filter-criteria, once, and nothing"
                                    + " else");
                }
                if (topic.isEmpty()) {
                    return criteria.read(Objects.requireNonNullElse(asked.getCriteria(), ""));
                }
                String type = Backport.topics().entrySet().stream()
                        .filter(each -> each.getValue().equals(topic.get()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
                Criteria filtered = criteria.read(filters.isEmpty() ? type : filters.get(0));
                if (!filtered.resourceType().equals(type)) {
                    throw new NotUnderstood("the topic is about " + type + ", the filter about another type");
                }
                return filtered;
            } catch (NotUnderstood e) {
                refuse("criteria", e.reason());
                return null;
            }
        }

        /** A websocket is the client's to open. R4's binding, without a topic, asks nobody who it is. */
        private @Nullable URI none(boolean hasTopic) {
            if (!hasTopic) {
                refuse("channel.type", "a websocket is for Subscriptions to a topic; it is bound with a token");
            }
            if (channel.hasEndpoint()) {
                refuse("channel.endpoint", "a websocket has no endpoint: $get-ws-binding-token tells where it is");
            }
            if (channel.hasHeader()) {
                refuse("channel.header", "a websocket has no headers");
            }
            return null;
        }

        private @Nullable URI endpoint() {
            String text = Objects.requireNonNullElse(channel.getEndpoint(), "");
            try {
                URI endpoint = new URI(text);
                String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
                boolean safe = "https".equalsIgnoreCase(endpoint.getScheme())
                        || "http".equalsIgnoreCase(endpoint.getScheme()) && LOOPBACK.contains(host);
                boolean plain = endpoint.getHost() != null
                        && endpoint.getRawUserInfo() == null
                        && endpoint.getRawFragment() == null
                        && text.length() <= LONGEST_ENDPOINT;
                if (safe && plain) {
                    return endpoint;
                }
            } catch (URISyntaxException e) {
                // It is refused below.
            }
            refuse(
                    "channel.endpoint",
                    "the endpoint is an https URL without user and fragment; http is for this very machine alone");
            return null;
        }

        private Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            for (StringType header : channel.getHeader()) {
                Matcher form = HEADER.matcher(Objects.requireNonNullElse(header.getValue(), ""));
                if (!form.matches()
                        || headers.put(form.group(1), form.group(2)) != null
                        || headers.size() > MOST_HEADERS) {
                    refuse(
                            "channel.header",
                            "a header is 'Authorization: …' or 'X-…: …', each once, " + MOST_HEADERS + " at most");
                    break;
                }
            }
            return headers;
        }

        private Content content(boolean hasTopic) {
            Element payload = channel.getPayloadElement();
            String type = channel.getPayload();
            List<Extension> extensions = payload.getExtension();
            String said = extensions.stream()
                    .filter(extension -> Backport.CONTENT.equals(extension.getUrl()))
                    .map(extension ->
                            extension.hasValue() ? extension.getValue().primitiveValue() : null)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("empty");
            boolean known = Set.of("empty", "id-only").contains(said);
            if (!known
                    || extensions.size() > 1
                    || !extensions.isEmpty()
                            && !Backport.CONTENT.equals(extensions.get(0).getUrl())) {
                refuse(
                        "channel.payload",
                        "no resource leaves by a Subscription: backport-payload-content is empty or id-only");
            }
            if (hasTopic
                    ? type != null && !type.equals("application/fhir+json")
                    : type != null || !extensions.isEmpty()) {
                refuse(
                        "channel.payload",
                        hasTopic
                                ? "a notification is application/fhir+json"
                                : "without a topic a notification has no body: leave the payload out");
            }
            return said.equals("id-only") ? Content.ID_ONLY : Content.EMPTY;
        }

        private @Nullable Integer number(String url) {
            List<Extension> found = channel.getExtensionsByUrl(url);
            if (found.isEmpty()) {
                return null;
            }
            String value = found.get(0).hasValue() ? found.get(0).getValue().primitiveValue() : null;
            if (found.size() > 1 || value == null || !value.matches("\\d{1,9}")) {
                refuse("channel.extension", "an extension of the channel stands there once and has a whole number");
                return null;
            }
            return Integer.valueOf(value);
        }

        private void refuse(String element, String reason) {
            issues.add(new WriteIssue(DenialCode.SUBSCRIPTION, "Subscription." + element, reason));
        }
    }
}
