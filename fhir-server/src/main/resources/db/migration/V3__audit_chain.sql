-- The audit: events chained by day over salted commitments, partitioned by month, with a key a person.

ALTER TABLE sinusnode.audit_event RENAME TO audit_event_before_chain;
ALTER TABLE sinusnode.audit_event_before_chain RENAME CONSTRAINT audit_event_pkey TO audit_event_before_chain_pkey;
DROP INDEX sinusnode.audit_event_patient;
ALTER INDEX sinusnode.audit_event_recorded RENAME TO audit_event_before_chain_recorded;
COMMENT ON TABLE sinusnode.audit_event_before_chain IS 'AuditEvents of versions before the chain; rows are only ever added. Nothing reads them over FHIR any more.';

CREATE TABLE sinusnode.audit_subject (
    subject   uuid PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    kid       text NOT NULL,
    key       bytea NOT NULL
);
COMMENT ON TABLE sinusnode.audit_subject IS 'The one link between a person and the audit events that concern or were caused by that person. When the row is deleted, the events stay and cannot be linked to the person any more.';
COMMENT ON COLUMN sinusnode.audit_subject.subject IS 'Random';
COMMENT ON COLUMN sinusnode.audit_subject.reference IS 'Patient/… or RelatedPerson/…';
COMMENT ON COLUMN sinusnode.audit_subject.kid IS 'Audit key that wraps the person''s key';
COMMENT ON COLUMN sinusnode.audit_subject.key IS 'The person''s key (AES-256-GCM, wrapped); what of an event concerns the person is encrypted with it';

CREATE TABLE sinusnode.audit_day (
    day      date PRIMARY KEY,
    previous date UNIQUE,
    genesis  bytea NOT NULL,
    events   bigint NOT NULL,
    head     bytea NOT NULL,
    closed   boolean NOT NULL,
    dropped  timestamptz(3),
    kid      text NOT NULL,
    seal     bytea NOT NULL
);
COMMENT ON TABLE sinusnode.audit_day IS 'Where the hash chain of each day stands. The newest day grows; a day is closed when the next one begins.';
COMMENT ON COLUMN sinusnode.audit_day.day IS 'UTC day on which events were stored';
COMMENT ON COLUMN sinusnode.audit_day.previous IS 'The day before on which events were stored; null for the first';
COMMENT ON COLUMN sinusnode.audit_day.genesis IS 'SHA-256 over this day and the head of the previous one: where this day''s chain begins';
COMMENT ON COLUMN sinusnode.audit_day.head IS 'audit_event.chain of the day''s last event, or the genesis';
COMMENT ON COLUMN sinusnode.audit_day.dropped IS 'When the day''s events were dropped because their retention had passed';
COMMENT ON COLUMN sinusnode.audit_day.seal IS 'HMAC-SHA256 of this row under a key that is not in the database';

CREATE TABLE sinusnode.audit_event (
    day           date NOT NULL,
    position      bigint NOT NULL,
    recorded      timestamptz(3) NOT NULL,
    id            uuid NOT NULL,
    subject       uuid,
    agent_subject uuid,
    type          text[] NOT NULL,
    subtype       text[] NOT NULL,
    action        text,
    outcome       text,
    client        text,
    agent         text[] NOT NULL,
    agent_name    text[] NOT NULL,
    entity        text[] NOT NULL,
    denial_code   text,
    request_id    text,
    resource      text NOT NULL,
    sealed        bytea,
    agent_sealed  bytea,
    ledger        bytea,
    salt          bytea NOT NULL,
    commitment    bytea NOT NULL,
    chain         bytea NOT NULL,
    PRIMARY KEY (day, position)
) PARTITION BY RANGE (day);
CREATE INDEX audit_event_id ON sinusnode.audit_event (id);
CREATE INDEX audit_event_recorded ON sinusnode.audit_event (recorded);
CREATE INDEX audit_event_subject ON sinusnode.audit_event (subject, recorded) WHERE subject IS NOT NULL;
CREATE INDEX audit_event_agent_subject ON sinusnode.audit_event (agent_subject, recorded) WHERE agent_subject IS NOT NULL;
CREATE INDEX audit_event_client ON sinusnode.audit_event (client, recorded) WHERE client IS NOT NULL;
CREATE INDEX audit_event_request ON sinusnode.audit_event (request_id) WHERE request_id IS NOT NULL;
COMMENT ON TABLE sinusnode.audit_event IS 'Every disclosure, write, refusal and login as an AuditEvent; rows are only ever added, and whole months dropped when their retention has passed.';
COMMENT ON COLUMN sinusnode.audit_event.day IS 'UTC day on which it was stored, not before the one on which it was recorded unless clocks differ';
COMMENT ON COLUMN sinusnode.audit_event.position IS '1, 2, 3 … within the day';
COMMENT ON COLUMN sinusnode.audit_event.subject IS 'Person concerned, as in audit_subject';
COMMENT ON COLUMN sinusnode.audit_event.agent_subject IS 'Person who acted, when it was a patient or a representative';
COMMENT ON COLUMN sinusnode.audit_event.type IS 'AuditEvent.type as code and as system|code; subtype likewise';
COMMENT ON COLUMN sinusnode.audit_event.outcome IS 'AuditEvent.outcome: 0 success, 4 refused, 8 serious failure, 12 major failure';
COMMENT ON COLUMN sinusnode.audit_event.agent IS 'References and identifiers of those who acted, without patients and representatives';
COMMENT ON COLUMN sinusnode.audit_event.entity IS 'References of records; those of a person''s records as words made with that person''s key';
COMMENT ON COLUMN sinusnode.audit_event.resource IS 'The AuditEvent as FHIR JSON without what is sealed';
COMMENT ON COLUMN sinusnode.audit_event.sealed IS 'What concerns the subject, encrypted with the subject''s key; agent_sealed likewise';
COMMENT ON COLUMN sinusnode.audit_event.ledger IS 'SHA-256 over the event''s lines in audit_ledger; null when it has none';
COMMENT ON COLUMN sinusnode.audit_event.commitment IS 'SHA-256(salt || day || position || every other column)';
COMMENT ON COLUMN sinusnode.audit_event.chain IS 'SHA-256(chain of the event before || commitment)';

CREATE TABLE sinusnode.audit_ledger (
    day      date NOT NULL,
    position bigint NOT NULL,
    recorded timestamptz(3) NOT NULL,
    subject  uuid NOT NULL,
    records  integer NOT NULL,
    sealed   bytea NOT NULL,
    PRIMARY KEY (day, position, subject)
) PARTITION BY RANGE (day);
CREATE INDEX audit_ledger_subject ON sinusnode.audit_ledger (subject, recorded);
COMMENT ON TABLE sinusnode.audit_ledger IS 'Whose records a bulk answer held: one line a person; day and position name the AuditEvent of the answer.';
COMMENT ON COLUMN sinusnode.audit_ledger.sealed IS 'The person''s part of what was recorded, encrypted with the person''s key';

CREATE TRIGGER audit_event_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON sinusnode.audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION sinusnode.refuse_change_of_audit();
CREATE TRIGGER audit_ledger_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON sinusnode.audit_ledger
    FOR EACH STATEMENT EXECUTE FUNCTION sinusnode.refuse_change_of_audit();

-- A trigger for each statement guards the table that the statement names; so each partition has one of its own.
CREATE FUNCTION sinusnode.create_audit_partition(any_day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', any_day);
    parent text;
    partition text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['audit_event', 'audit_ledger'] LOOP
        partition := parent || '_' || to_char(first, 'YYYY_MM');
        IF to_regclass('sinusnode.' || partition) IS NULL THEN
            EXECUTE format('CREATE TABLE sinusnode.%I PARTITION OF sinusnode.%I FOR VALUES FROM (%L) TO (%L)',
                partition, parent, first, (first + interval '1 month')::date);
            EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON sinusnode.%I '
                'FOR EACH STATEMENT EXECUTE FUNCTION sinusnode.refuse_change_of_audit()',
                partition || '_only_added', partition);
        END IF;
    END LOOP;
END;
$$;
