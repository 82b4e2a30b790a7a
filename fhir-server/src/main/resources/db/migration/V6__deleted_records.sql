-- Whose a record was that has been deleted: the storage forgets it, and the history of a type must not.

CREATE TABLE sinusnode.deleted_record (
    resource_type text NOT NULL,
    record        uuid NOT NULL,
    patient       uuid NOT NULL,
    PRIMARY KEY (resource_type, record, patient)
);
CREATE INDEX deleted_record_patient ON sinusnode.deleted_record (patient, resource_type);
COMMENT ON TABLE sinusnode.deleted_record IS 'Whose each deleted record was, kept in the transaction that deletes it.';
