-- Which Observations carry security labels: readings do not tell, and rules may be about them.

CREATE TABLE sinusnode.labelled_observation (
    observation uuid PRIMARY KEY,
    patient     uuid NOT NULL
);
CREATE INDEX labelled_observation_patient ON sinusnode.labelled_observation (patient);
COMMENT ON TABLE sinusnode.labelled_observation IS 'Observations with labels in meta.security, kept in the transaction that stores them.';
COMMENT ON COLUMN sinusnode.labelled_observation.observation IS 'Id of the Observation';
COMMENT ON COLUMN sinusnode.labelled_observation.patient IS 'Id of the Patient whose record it is';
