-- Refusals are counted by their code and time, for the residency attestation; successes, nearly all events, stay out of it.

CREATE INDEX audit_event_denial ON sinusnode.audit_event (denial_code, recorded) WHERE denial_code IS NOT NULL;
