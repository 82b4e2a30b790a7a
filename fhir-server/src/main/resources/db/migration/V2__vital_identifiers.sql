-- What makes an upload repeatable: a patient's vital is known by its identifier, and there is one of it.

CREATE TABLE sinusnode.vital_identifier (
    patient     uuid NOT NULL,
    value       text NOT NULL,
    observation uuid NOT NULL,
    PRIMARY KEY (patient, value)
);
COMMENT ON TABLE sinusnode.vital_identifier IS 'The Observation that a patient''s vital identifier stands for, kept in the transaction that stores the Observation. Its key is what two simultaneous uploads of one vital collide on.';
COMMENT ON COLUMN sinusnode.vital_identifier.value IS 'Identifier.value; its system is https://sinusnode.eu/sid/vital';
