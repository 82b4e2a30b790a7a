-- Bulk export: files that tell of deleted records.

ALTER TABLE sinusnode.export_file ADD COLUMN deleted boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN sinusnode.export_file.deleted IS 'Whether its lines say which records of the type were deleted, each as a transaction that deletes one';
