package eu.sinusnode.server.audit.store;

import eu.sinusnode.server.audit.crypto.PatientKey;
import java.util.UUID;

/** A person in the audit, by a random id. */
record Subject(UUID id, PatientKey key) {

    /** For one event: neither the id nor the key is kept. */
    static Subject ofNobody() {
        return new Subject(UUID.randomUUID(), PatientKey.random());
    }
}
