-- What two runs of the analysis that write the same flag at the same moment collide on.

CREATE TABLE sinusnode.open_flag (
    patient     uuid NOT NULL,
    identifier  text NOT NULL,
    observation uuid NOT NULL,
    PRIMARY KEY (patient, identifier)
);
CREATE INDEX open_flag_observation ON sinusnode.open_flag (observation);
COMMENT ON TABLE sinusnode.open_flag IS 'Flags and summaries of the analysis that are preliminary or registered, kept in the transaction that stores the Observation: one for each patient and identifier. Flags from before this table have their row from their next version on.';
COMMENT ON COLUMN sinusnode.open_flag.identifier IS 'Identifier.value; its system is https://sinusnode.eu/sid/risk-flag';
