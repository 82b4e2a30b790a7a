package eu.sinusnode.policy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.subscription.SubscriptionOrder.Content;
import eu.sinusnode.policy.subscription.SubscriptionPolicy.Reading;
import eu.sinusnode.policy.validation.WriteIssue;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.hl7.fhir.r4.model.UnsignedIntType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");
    private static final String ANNA = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";
    private static final String ENDPOINT = "https://hooks.example.org:8443/told?ward=3";

    private final SubscriptionPolicy policy = policyOf(CallerKind.CLINICIAN);

    private static SubscriptionPolicy policyOf(CallerKind kind) {
        return new SubscriptionPolicy((type, parameter) ->
                AccessMatrix.standard().searchParameters(kind, type).contains(parameter));
    }

    private static Subscription classic(String criteria) {
        Subscription asked = new Subscription();
        asked.setStatus(SubscriptionStatus.REQUESTED).setReason("To fetch").setCriteria(criteria);
        asked.getChannel().setType(SubscriptionChannelType.RESTHOOK).setEndpoint(ENDPOINT);
        return asked;
    }

    private static Subscription topic(@Nullable String filter, @Nullable String content) {
        Subscription asked = classic("https://sinusnode.eu/fhir/SubscriptionTopic/observation-changed");
        if (filter != null) {
            asked.getCriteriaElement().addExtension(Backport.FILTER, new StringType(filter));
        }
        asked.getChannel().setPayload("application/fhir+json");
        if (content != null) {
            asked.getChannel().getPayloadElement().addExtension(Backport.CONTENT, new CodeType(content));
        }
        return asked;
    }

    private SubscriptionOrder order(Subscription asked) {
        Reading reading = policy.read(asked, NOW);
        assertThat(reading).isInstanceOf(Reading.Understood.class);
        return ((Reading.Understood) reading).order();
    }

    private void refused(Subscription asked, String element) {
        Reading reading = policy.read(asked, NOW);
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        assertThat(((Reading.Refused) reading).issues())
                .allMatch(issue -> issue.code() == DenialCode.SUBSCRIPTION)
                .extracting(WriteIssue::path)
                .containsOnly("Subscription." + element);
    }

    @Test
    void aTopicIsReadWithItsFilterAndWhatItsChannelAsksFor() {
        Subscription asked =
                topic("Observation?patient=Patient/" + ANNA + "&code=http://loinc.org%7C8867-4,x", "id-only");
        asked.getChannel().addExtension(Backport.HEARTBEAT, new UnsignedIntType(60));
        asked.getChannel().addExtension(Backport.MOST_EVENTS, new PositiveIntType(3));
        asked.getChannel().addHeader("Authorization: Bearer s3same").addHeader("X-Ward: 3");
        SubscriptionOrder order = order(asked);
        assertThat(order.criteria())
                .isEqualTo(new Criteria(
                        "Observation",
                        Map.of("patient", Set.of(ANNA), "code", Set.of("http://loinc.org|8867-4", "x"))));
        assertThat(order.content()).isEqualTo(Content.ID_ONLY);
        assertThat(order.heartbeat()).isEqualTo(Duration.ofMinutes(1));
        assertThat(order.mostEvents()).isEqualTo(3);
        assertThat(order.endpoint()).hasToString(ENDPOINT);
        assertThat(order.headers()).isEqualTo(Map.of("Authorization", "Bearer s3same", "X-Ward", "3"));
        assertThat(order.withoutHeaders().headers()).isEmpty();
    }

    @Test
    void withoutMoreATopicIsOfEverythingOfItsTypeAndToldWithoutContent() {
        SubscriptionOrder order = order(topic(null, null));
        assertThat(order.criteria()).isEqualTo(new Criteria("Observation", Map.of()));
        assertThat(order.content()).isEqualTo(Content.EMPTY);
        assertThat(order.heartbeat()).isNull();
        assertThat(order.mostEvents()).isEqualTo(SubscriptionPolicy.MOST_EVENTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "Observation true",
                "Observation?status=final true",
                "Observation?status=final,amended&category=vital-signs true",
                "Task?status=requested&code=a|b true",
                "CarePlan?subject=1b4e28ba-2fa1-41d2-883f-0016d3cca427 true",
                "Appointment?status=booked true",
                "Observation? true",
                "Observation?status= false",
                "Observation?status false",
                "Observation?status=final,, false",
                "Observation?status=final&status=amended false",
                "Observation?status:not=final false",
                "Observation?date=gt2026 false",
                "Observation?patient=Brandt false",
                "Observation?patient=Group/1b4e28ba-2fa1-41d2-883f-0016d3cca427 false",
                "Observation?patient=1B4E28BA-2FA1-41D2-883F-0016D3CCA427 false",
                "Observation?code=%zz false",
                "Task?subject=1b4e28ba-2fa1-41d2-883f-0016d3cca427 false",
                "Patient false",
                "Consent false",
                "AuditEvent false",
                "Subscription false",
                "observation false",
                "https://sinusnode.eu/fhir/SubscriptionTopic/other false",
            })
    void criteriaAreWhatTheServerCanDecideOnTheRecordAlone(String criteria, boolean understood) {
        if (understood) {
            order(classic(criteria));
        } else {
            refused(classic(criteria), "criteria");
        }
    }

    @Test
    void aCallerChoosesByNothingThatItMayNotSearchBy() {
        Reading reading = policyOf(CallerKind.INSURER).read(classic("Task?status=requested"), NOW);
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        assertThat(policyOf(CallerKind.INSURER).read(classic("Observation?status=final"), NOW))
                .isInstanceOf(Reading.Understood.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.org/told, true",
        "HTTPS://hooks.example.org, true",
        "http://localhost:8080/told, true",
        "http://127.0.0.1/told, true",
        "http://[::1]:1/told, true",
        "http://hooks.example.org/told, false",
        "http://localhost.example.org/told, false",
        "http://127.0.0.1.example.org/told, false",
        "http://2130706433/told, false",
        "https://user@hooks.example.org/told, false",
        "https://hooks.example.org/told#x, false",
        "https:/told, false",
        "https:hooks.example.org, false",
        "ftp://hooks.example.org, false",
        "mailto:a@example.org, false",
        "'https://hooks.example.org/ told', false",
        "'', false"
    })
    void anEndpointIsSafeOrOfThisMachine(String endpoint, boolean good) {
        Subscription asked = classic("Observation");
        asked.getChannel().setEndpoint(endpoint);
        if (good) {
            order(asked);
        } else {
            refused(asked, "channel.endpoint");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, true", "empty, true", "id-only, true", "full-resource, false", "EMPTY, false"})
    void noResourceLeaves(@Nullable String content, boolean good) {
        if (good) {
            order(topic(null, content));
        } else {
            refused(topic(null, content), "channel.payload");
        }
    }

    @Test
    void aClassicOneHasNoPayload() {
        Subscription asked = classic("Observation");
        asked.getChannel().setPayload("application/fhir+json");
        refused(asked, "channel.payload");
        Subscription extended = classic("Observation");
        extended.getChannel().getPayloadElement().addExtension(Backport.CONTENT, new CodeType("empty"));
        refused(extended, "channel.payload");
        Subscription xml = topic(null, "empty");
        xml.getChannel().setPayload("application/fhir+xml");
        refused(xml, "channel.payload");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Authorization: Basic abc; true",
                "X-Api-Key: abc; true",
                "authorization: Basic abc; false",
                "Host: other; false",
                "Content-Type: text/plain; false",
                "Cookie: a=b; false",
                "X-A:b; false",
                "X-A; false",
                "'X-A: '; false"
            })
    void aHeaderIsAPasswordOrTheReceiversOwn(String header, boolean good) {
        Subscription asked = classic("Observation");
        asked.getChannel().addHeader(header);
        if (good) {
            order(asked);
        } else {
            refused(asked, "channel.header");
        }
    }

    @Test
    void aLineBreakMakesNoSecondHeader() {
        Subscription asked = classic("Observation");
        asked.getChannel().addHeader("X-A: b\r\nHost: other");
        refused(asked, "channel.header");
    }

    @ParameterizedTest
    @CsvSource({"EMAIL", "SMS", "MESSAGE"})
    void noOtherChannelIsServed(SubscriptionChannelType type) {
        Subscription asked = classic("Observation");
        asked.getChannel().setType(type);
        refused(asked, "channel.type");
    }

    @Test
    void whatIsNotUnderstoodRefusesTheWhole() {
        refused(classic("Observation").setStatus(SubscriptionStatus.ACTIVE), "status");
        refused(classic("Observation").setEnd(Date.from(NOW)), "end");
        order(classic("Observation").setEnd(Date.from(NOW.plusSeconds(1))));
        Subscription extended = classic("Observation");
        extended.getChannel().addExtension("https://example.org/how", new CodeType("x"));
        refused(extended, "channel.extension");
        Subscription hectic = classic("Observation");
        hectic.getChannel().addExtension(Backport.HEARTBEAT, new UnsignedIntType(1));
        refused(hectic, "channel.extension");
        Subscription many = classic("Observation");
        many.getChannel().addExtension(Backport.MOST_EVENTS, new PositiveIntType(21));
        refused(many, "channel.extension");
        Subscription twice = topic("Observation?status=final", "empty");
        twice.getCriteriaElement().addExtension(Backport.FILTER, new StringType("Observation?status=amended"));
        refused(twice, "criteria");
        refused(topic("Task?status=requested", "empty"), "criteria");
        Subscription filtered = classic("Observation");
        filtered.getCriteriaElement().addExtension(Backport.FILTER, new StringType("Observation?status=final"));
        refused(filtered, "criteria");
    }

    @Test
    void aWebsocketHasATopicAndNoEndpoint() {
        SubscriptionOrder order = order(socket());
        assertThat(order.endpoint()).isNull();
        assertThat(order.content()).isEqualTo(Content.ID_ONLY);
        Subscription toSomewhere = socket();
        toSomewhere.getChannel().setEndpoint(ENDPOINT);
        refused(toSomewhere, "channel.endpoint");
        Subscription withHeaders = socket();
        withHeaders.getChannel().addHeader("X-Ward: 3");
        refused(withHeaders, "channel.header");
        Subscription classic = socket();
        classic.setCriteria("Observation").getCriteriaElement().setExtension(null);
        classic.getChannel().setPayload(null).getPayloadElement().setExtension(null);
        refused(classic, "channel.type");
    }

    private static Subscription socket() {
        Subscription asked = topic("Observation", "id-only");
        asked.getChannel().setType(SubscriptionChannelType.WEBSOCKET).setEndpoint(null);
        return asked;
    }
}
