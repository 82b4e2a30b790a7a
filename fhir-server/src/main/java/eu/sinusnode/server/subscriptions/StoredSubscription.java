package eu.sinusnode.server.subscriptions;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.OwnedSubscriptions;
import eu.sinusnode.policy.subscription.SubscriptionOrder;
import eu.sinusnode.server.export.job.ExportJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/**
 * One Subscription, as the table has it.
 *
 * @param caller who asked, as the token said
 * @param order what is asked for, without headers
 * @param resource its JSON, without the values of headers
 * @param problem why it is in error or off; null when all is well
 * @param told number of the last event that was told
 */
public record StoredSubscription(
        UUID id,
        Caller caller,
        SubscriptionOrder order,
        String resource,
        State state,
        @Nullable String problem,
        long told) {

    static final String COLUMNS =
            "s.subscription, s.caller, s.rules, s.resource, s.state, s.problem, s.told, s.headers, s.headers_kid";

    private static final String VERSION = "1";

    /** FHIR's own. */
    public enum State {
        REQUESTED,
        ACTIVE,
        ERROR,
        OFF;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param row with {@link #COLUMNS} */
    public static StoredSubscription read(ResultSet row) throws SQLException {
        return new StoredSubscription(
                Objects.requireNonNull(row.getObject("subscription", UUID.class)),
                ExportJson.read(text(row, "caller"), Caller.class),
                ExportJson.read(text(row, "rules"), SubscriptionOrder.class),
                text(row, "resource"),
                State.valueOf(text(row, "state").toUpperCase(Locale.ROOT)),
                row.getString("problem"),
                row.getLong("told"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    /** As its owner reads it, now. */
    public Subscription resource(FhirContext context) {
        Subscription shown = context.newJsonParser().parseResource(Subscription.class, resource);
        shown.setId(new IdType("Subscription", id.toString(), VERSION));
        shown.getMeta().setVersionId(VERSION);
        shown.setStatus(SubscriptionStatus.valueOf(state.name()));
        shown.setError(problem);
        return OwnedSubscriptions.owned(shown, caller.identity());
    }
}
