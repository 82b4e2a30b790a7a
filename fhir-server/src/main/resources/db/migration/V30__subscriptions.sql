-- Who wants to be told that something happened, and what is still to be told.

CREATE TABLE sinusnode.subscription (
    subscription  uuid PRIMARY KEY,
    owner         text NOT NULL,
    caller        text NOT NULL,
    resource      text NOT NULL,
    rules         text NOT NULL,
    headers       bytea,
    headers_kid   text,
    created       timestamptz(3) NOT NULL DEFAULT now(),
    contact       timestamptz(3) NOT NULL DEFAULT now(),
    ends          timestamptz(3) NOT NULL DEFAULT 'infinity',
    state         text NOT NULL DEFAULT 'requested' CHECK (state IN ('requested', 'active', 'error', 'off')),
    problem       text,
    told          bigint NOT NULL DEFAULT 0,
    attempts      integer NOT NULL DEFAULT 0,
    failing_since timestamptz(3),
    due           timestamptz(3) NOT NULL,
    heartbeat_due timestamptz(3) NOT NULL DEFAULT 'infinity',
    CHECK ((headers IS NULL) = (headers_kid IS NULL))
);
CREATE INDEX subscription_owner ON sinusnode.subscription (owner);
CREATE INDEX subscription_due ON sinusnode.subscription (due) WHERE state <> 'off';
COMMENT ON TABLE sinusnode.subscription IS 'Subscriptions. A worker holds the lock of the row while it delivers, so that one at a time does.';
COMMENT ON COLUMN sinusnode.subscription.owner IS 'Client, and for whom it called; to everybody else the Subscription does not exist';
COMMENT ON COLUMN sinusnode.subscription.caller IS 'Who asked, with the scopes of the token, as JSON: what every event is decided on';
COMMENT ON COLUMN sinusnode.subscription.resource IS 'As it is shown to its owner, without the values of headers';
COMMENT ON COLUMN sinusnode.subscription.rules IS 'What it asks for, as JSON, without headers';
COMMENT ON COLUMN sinusnode.subscription.headers IS 'Sealed with the key of purpose subscription that headers_kid names';
COMMENT ON COLUMN sinusnode.subscription.contact IS 'When the owner last showed a token for it';
COMMENT ON COLUMN sinusnode.subscription.problem IS 'Why it is in error or off: a sentence without content of any record';
COMMENT ON COLUMN sinusnode.subscription.told IS 'Number of the last event that was told';
COMMENT ON COLUMN sinusnode.subscription.due IS 'Nothing is sent before';

CREATE TABLE sinusnode.subscription_event (
    event        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscription uuid NOT NULL,
    record       uuid NOT NULL,
    patient      uuid,
    occurred     timestamptz(3) NOT NULL,
    number       bigint
);
CREATE INDEX subscription_event_next ON sinusnode.subscription_event (subscription, number, event);
CREATE INDEX subscription_event_patient ON sinusnode.subscription_event (patient);
COMMENT ON TABLE sinusnode.subscription_event IS 'The outbox: written in the transaction that stores the record, deleted when the event was told or may not be told. No foreign key: a write must not fail because a Subscription was deleted.';
COMMENT ON COLUMN sinusnode.subscription_event.number IS 'Set before the event is first sent, so that what is sent again has the same number';
