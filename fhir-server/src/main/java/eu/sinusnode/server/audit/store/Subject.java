package eu.sinusnode.server.audit.store;

import eu.sinusnode.server.audit.crypto.PatientKey;
import java.util.UUID;

/** A person in the audit, by a random id. */
record Subject(UUID id, PatientKey key) {}
