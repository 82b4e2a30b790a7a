package eu.sinusnode.server.subscriptions;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.subscription.SubscriptionOrder.Content;
import eu.sinusnode.server.rest.GivenParameters;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code $events} asks for.
 *
 * @param since number of the first event
 * @param until number of the last event
 * @param content what is to be said of each
 */
record AskedEvents(long since, long until, Content content) {

    static final Set<String> PARAMETERS = Set.of("eventsSinceNumber", "eventsUntilNumber", "content");

    /** @param usual what its notifications say; who asks for whole resources is told which they are, and reads them */
    static AskedEvents of(GivenParameters given, Content usual) {
        return new AskedEvents(
                number("eventsSinceNumber", given.one("eventsSinceNumber"), 0),
                number("eventsUntilNumber", given.one("eventsUntilNumber"), Long.MAX_VALUE),
                content(given.one("content"), usual));
    }

    private static long number(String name, @Nullable String text, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}")) {
            throw malformed(name + " is the number of an event.");
        }
        return Long.parseLong(text);
    }

    private static Content content(@Nullable String code, Content usual) {
        if (code == null) {
            return usual;
        }
        return switch (code) {
            case "empty" -> Content.EMPTY;
            case "id-only", "full-resource" -> Content.ID_ONLY;
            default -> throw malformed("content is empty, id-only or full-resource.");
        };
    }

    static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.SUBSCRIPTION_REQUEST, what);
    }
}
