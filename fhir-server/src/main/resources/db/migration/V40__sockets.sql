-- Subscriptions that are told on a websocket.

ALTER TABLE sinusnode.subscription ADD COLUMN bound uuid;
CREATE INDEX subscription_bound ON sinusnode.subscription (bound) WHERE bound IS NOT NULL;
COMMENT ON COLUMN sinusnode.subscription.bound IS 'The websocket that it is told on, of whichever node; the last that was bound. One that is gone is looked for by nobody';

CREATE TABLE sinusnode.subscription_binding (
    binding       uuid PRIMARY KEY,
    hash          bytea NOT NULL UNIQUE,
    subscriptions uuid[] NOT NULL,
    bearer        bytea NOT NULL,
    bearer_kid    text NOT NULL,
    expires       timestamptz(3) NOT NULL
);
CREATE INDEX subscription_binding_expires ON sinusnode.subscription_binding (expires);
COMMENT ON TABLE sinusnode.subscription_binding IS 'Tokens to bind a websocket with, each deleted when it is used or its minute is over';
COMMENT ON COLUMN sinusnode.subscription_binding.hash IS 'SHA-256 of the token';
COMMENT ON COLUMN sinusnode.subscription_binding.bearer IS 'The access token with which it was fetched, sealed with the key of purpose subscription that bearer_kid names';
