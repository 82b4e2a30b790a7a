-- Bulk import: what was asked for, and how far each file is. The files lie in the folder that the operator names.

CREATE TABLE sinusnode.import_job (
    job       uuid PRIMARY KEY,
    owner     text NOT NULL,
    caller    text NOT NULL,
    request   text NOT NULL,
    created   timestamptz(3) NOT NULL,
    cancelled boolean NOT NULL DEFAULT false
);
CREATE INDEX import_job_owner ON sinusnode.import_job (owner);
COMMENT ON TABLE sinusnode.import_job IS 'Bulk imports that are under way or whose outcome can be read; a row goes when its import expires.';
COMMENT ON COLUMN sinusnode.import_job.owner IS 'Client, and for whom it called; to everybody else the import does not exist';
COMMENT ON COLUMN sinusnode.import_job.caller IS 'Who asked, with the scopes of the token, as JSON: what every line is decided on';
COMMENT ON COLUMN sinusnode.import_job.request IS 'URL of the kick-off';

CREATE TABLE sinusnode.import_file (
    job         uuid NOT NULL REFERENCES sinusnode.import_job ON DELETE CASCADE,
    number      integer NOT NULL,
    type        text NOT NULL,
    name        text NOT NULL,
    bytes       bigint NOT NULL,
    modified    timestamptz(3) NOT NULL,
    state       text NOT NULL CHECK (state IN ('waiting', 'running', 'complete', 'failed', 'cancelled')),
    problem     text,
    position    bigint NOT NULL DEFAULT 0,
    line        bigint NOT NULL DEFAULT 0,
    created     bigint NOT NULL DEFAULT 0,
    known       bigint NOT NULL DEFAULT 0,
    refused     bigint NOT NULL DEFAULT 0,
    attempts    integer NOT NULL DEFAULT 0,
    worker      uuid,
    lease_until timestamptz(3) NOT NULL DEFAULT '-infinity',
    ended       timestamptz(3),
    PRIMARY KEY (job, number)
);
CREATE INDEX import_file_waiting ON sinusnode.import_file (job, number) WHERE state IN ('waiting', 'running');
CREATE INDEX import_file_cancelled ON sinusnode.import_file (job) WHERE state = 'cancelled' AND ended IS NULL;
COMMENT ON TABLE sinusnode.import_file IS 'The files of an import. What is stored of a file and how far it is are written in the same transaction.';
COMMENT ON COLUMN sinusnode.import_file.type IS 'FHIR resource type of its lines';
COMMENT ON COLUMN sinusnode.import_file.modified IS 'With bytes: what the file was when it was asked for; another one is not gone on with';
COMMENT ON COLUMN sinusnode.import_file.position IS 'Bytes that have been worked on';
COMMENT ON COLUMN sinusnode.import_file.known IS 'Lines that were stored already';
COMMENT ON COLUMN sinusnode.import_file.worker IS 'The run that has the lease; one that lost it can store nothing any more';

CREATE TABLE sinusnode.import_patient (
    job     uuid NOT NULL,
    number  integer NOT NULL,
    patient uuid NOT NULL,
    PRIMARY KEY (job, number, patient),
    FOREIGN KEY (job, number) REFERENCES sinusnode.import_file ON DELETE CASCADE
);
COMMENT ON TABLE sinusnode.import_patient IS 'Patients of whom a file has brought records, for the audit event of the file';

CREATE TABLE sinusnode.import_refusal (
    job     uuid NOT NULL,
    number  integer NOT NULL,
    line    bigint NOT NULL,
    outcome text NOT NULL,
    PRIMARY KEY (job, number, line),
    FOREIGN KEY (job, number) REFERENCES sinusnode.import_file ON DELETE CASCADE
);
COMMENT ON TABLE sinusnode.import_refusal IS 'Lines that were not stored, each with its OperationOutcome: codes and elements, nothing of their content';

CREATE TABLE sinusnode.import_denial (
    job     uuid NOT NULL,
    number  integer NOT NULL,
    code    text NOT NULL,
    meaning text NOT NULL,
    patient uuid,
    UNIQUE NULLS NOT DISTINCT (job, number, code, patient),
    FOREIGN KEY (job, number) REFERENCES sinusnode.import_file ON DELETE CASCADE
);
COMMENT ON TABLE sinusnode.import_denial IS 'By which codes lines were refused and about whom, for the audit events of the file';
