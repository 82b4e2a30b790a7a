-- Bulk export: files that hold records of several types, patient by patient; each frame of a file says of which type its lines are.

COMMENT ON COLUMN sinusnode.export_file.type IS 'FHIR resource type of its lines; where an export is organised by instances of a type, that one';
