-- Bulk export: what was asked for, how far it is, and which files it has. The files themselves lie in $SINUSNODE_HOME/exports.

CREATE TABLE sinusnode.export_job (
    job              uuid PRIMARY KEY,
    owner            text NOT NULL,
    caller           text NOT NULL,
    request          text NOT NULL,
    state            text NOT NULL CHECK (state IN ('accepted', 'running', 'complete', 'failed')),
    created          timestamptz(3) NOT NULL,
    expires          timestamptz(3) NOT NULL,
    transaction_time timestamptz(3),
    patients         integer,
    patients_read    integer NOT NULL DEFAULT 0,
    after_patient    uuid,
    attempts         integer NOT NULL DEFAULT 0,
    worker           uuid,
    lease_until      timestamptz(3) NOT NULL
);
CREATE INDEX export_job_owner ON sinusnode.export_job (owner);
CREATE INDEX export_job_waiting ON sinusnode.export_job (created) WHERE state IN ('accepted', 'running');
COMMENT ON TABLE sinusnode.export_job IS 'Bulk exports that are under way or whose files can be fetched; a row goes when its export is cancelled or expires.';
COMMENT ON COLUMN sinusnode.export_job.owner IS 'Client, and for whom it called; to everybody else the export does not exist';
COMMENT ON COLUMN sinusnode.export_job.caller IS 'Who asked, with the scopes of the token, as JSON: what every record is decided on';
COMMENT ON COLUMN sinusnode.export_job.request IS 'What was asked for, as JSON';
COMMENT ON COLUMN sinusnode.export_job.patients IS 'How many patients it is about; null before they were counted';
COMMENT ON COLUMN sinusnode.export_job.after_patient IS 'Patients are read in the order of their ids; this one and those before it stand in the files';
COMMENT ON COLUMN sinusnode.export_job.worker IS 'The run that has the lease; one that lost it can write nothing down any more';

CREATE TABLE sinusnode.export_file (
    file    uuid PRIMARY KEY,
    job     uuid NOT NULL REFERENCES sinusnode.export_job ON DELETE CASCADE,
    type    text NOT NULL,
    kid     text NOT NULL,
    frames  integer NOT NULL,
    bytes   bigint NOT NULL,
    records bigint NOT NULL
);
CREATE INDEX export_file_job ON sinusnode.export_file (job);
COMMENT ON TABLE sinusnode.export_file IS 'The files of an export. What lies behind the stated frames and bytes was never written down as done and is not read.';
COMMENT ON COLUMN sinusnode.export_file.type IS 'FHIR resource type of its lines';
COMMENT ON COLUMN sinusnode.export_file.kid IS 'Key of purpose export that the file is encrypted with';

CREATE TABLE sinusnode.export_reference (
    job     uuid NOT NULL REFERENCES sinusnode.export_job ON DELETE CASCADE,
    path    text NOT NULL,
    written boolean NOT NULL DEFAULT false,
    PRIMARY KEY (job, path)
);
CREATE INDEX export_reference_open ON sinusnode.export_reference (job, path) WHERE NOT written;
COMMENT ON TABLE sinusnode.export_reference IS 'Records of nobody (Organization/…, Practitioner/…) that exported records refer to; they are written last.';
