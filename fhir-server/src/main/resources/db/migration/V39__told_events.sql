-- What was told stays for a while, so that a client can ask for what it missed.

CREATE TABLE sinusnode.subscription_told (
    subscription uuid NOT NULL,
    number       bigint NOT NULL,
    record       uuid NOT NULL,
    patient      uuid,
    occurred     timestamptz(3) NOT NULL,
    told         timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (subscription, number)
);
CREATE INDEX subscription_told_patient ON sinusnode.subscription_told (patient);
CREATE INDEX subscription_told_when ON sinusnode.subscription_told (told);
COMMENT ON TABLE sinusnode.subscription_told IS 'Events that a receiver has acknowledged, for $events: whether one is told again is decided again. Swept by age.';
