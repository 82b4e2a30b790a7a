-- Which Patients name each other: that one of them is deleted, or replaced twice, must not happen behind the other's back.

CREATE TABLE sinusnode.patient_link (
    patient uuid NOT NULL,
    other   uuid NOT NULL,
    type    text NOT NULL CHECK (type IN ('replaced-by', 'replaces', 'refer', 'seealso')),
    PRIMARY KEY (patient, other, type)
);
CREATE INDEX patient_link_other ON sinusnode.patient_link (other);
CREATE UNIQUE INDEX patient_link_replaced_once ON sinusnode.patient_link (patient) WHERE type = 'replaced-by';
COMMENT ON TABLE sinusnode.patient_link IS 'Patient.link, kept in the transaction that stores the Patient.';
COMMENT ON COLUMN sinusnode.patient_link.patient IS 'Id of the Patient that the link stands in';
COMMENT ON COLUMN sinusnode.patient_link.other IS 'Id of the Patient that it names';
