package eu.sinusnode.server.audit.testing;

import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Audit entries of a test. */
public final class Entries {

    public static final String ADDRESS = "192.0.2.77";
    public static final String ORGANIZATION = "22222222-2222-4222-8222-222222222222";

    private Entries() {}

    /** A clinic's system read an Observation of the patient. */
    public static Builder granted(String patientId) {
        return new Builder(
                AuditedInteraction.READ,
                new AuditOutcome.Granted("consent"),
                List.of(new AuditedRecord(
                        patientId, "Observation", UUID.randomUUID().toString(), "1")));
    }

    /** A read that was refused for want of consent. */
    public static Builder denied(@Nullable String patientId) {
        return new Builder(
                AuditedInteraction.READ,
                new AuditOutcome.Denied("SN-CONSENT-001", "no permit"),
                patientId == null
                        ? List.of()
                        : List.of(new AuditedRecord(
                                patientId, "Observation", UUID.randomUUID().toString(), null)));
    }

    /** A read of an id of which nothing is known; it was answered with 404. */
    public static AuditEntry guess(String type, String id) {
        return new AuditEntry(
                UUID.randomUUID().toString(),
                Instant.now(),
                new RequestFacts(UUID.randomUUID().toString(), AuditedInteraction.READ, type, id, ADDRESS),
                Builder.system("clinic-system"),
                new AuditOutcome.Denied("HTTP-404", "the request was answered with status 404"),
                List.of());
    }

    /** As the login server tells it: whose record the account belongs to is not known. */
    public static AuditEntry login(String account) {
        return new AuditEntry(
                UUID.randomUUID().toString(),
                Instant.now(),
                new RequestFacts(UUID.randomUUID().toString(), AuditedInteraction.LOGIN, "LOGIN", null, null, ADDRESS),
                new AuditedCaller(null, "app", account, null, null, null, null, null),
                new AuditOutcome.Granted("keycloak LOGIN"),
                List.of());
    }

    /** One answer with the readings of many patients. */
    public static Builder bulk(String... patientIds) {
        List<AuditedRecord> records = new ArrayList<>();
        for (String patientId : patientIds) {
            records.add(new AuditedRecord(patientId, "Observation", null, null));
        }
        return new Builder(AuditedInteraction.BULK, new AuditOutcome.Granted("consent"), records);
    }

    /** An entry in the making. */
    public static final class Builder {
        private final String id = UUID.randomUUID().toString();
        private final AuditedInteraction interaction;
        private final AuditOutcome outcome;
        private final List<AuditedRecord> records;
        private final String requestId = "request-" + id;
        private Instant recorded = Instant.now();
        private String client = "clinic-system";
        private AuditedCaller caller;

        private Builder(AuditedInteraction interaction, AuditOutcome outcome, List<AuditedRecord> records) {
            this.interaction = interaction;
            this.outcome = outcome;
            this.records = records;
            this.caller = system(client);
        }

        public Builder client(String clientId) {
            this.client = clientId;
            this.caller = system(clientId);
            return this;
        }

        public Builder at(Instant instant) {
            this.recorded = instant;
            return this;
        }

        public Builder patientCalls(String patientId) {
            this.caller = person("patient", "Patient/" + patientId, patientId, "PATRQT");
            return this;
        }

        public Builder clinicianCalls(String practitioner) {
            this.caller = person("clinician", practitioner, null, "TREAT");
            return this;
        }

        public AuditEntry build() {
            return new AuditEntry(
                    id,
                    recorded,
                    new RequestFacts(
                            requestId,
                            interaction,
                            "Observation",
                            records.isEmpty() ? null : records.get(0).id(),
                            ADDRESS),
                    caller,
                    outcome,
                    records);
        }

        private static AuditedCaller system(String clientId) {
            return new AuditedCaller(
                    "clinic-system", clientId, "service-account", "token-1", ORGANIZATION, "TREAT", null, null);
        }

        private AuditedCaller person(String kind, String fhirUser, @Nullable String patientId, String purpose) {
            return new AuditedCaller(
                    kind, client, "subject-" + fhirUser, "token-2", null, purpose, fhirUser, patientId);
        }
    }
}
