-- ---------------------------------------------------------------------------------------------------------------------
-- The words of records, for the full text
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE sinusnode.full_text (
    resource        uuid NOT NULL,
    change_sequence bigint NOT NULL,
    version         integer NOT NULL,
    gone            boolean NOT NULL,
    forgotten       boolean NOT NULL,
    resource_type   text NOT NULL,
    language        text NOT NULL CHECK (language IN ('de', 'en', '-')),
    patients        uuid[] NOT NULL,
    limits          text[] NOT NULL,
    narrative       text NOT NULL,
    content         text NOT NULL,
    PRIMARY KEY (resource, resource_type),
    CHECK (NOT gone OR (narrative = '' AND content = '' AND patients = '{}' AND limits = '{}')),
    CHECK (gone OR NOT forgotten)
);
CREATE INDEX full_text_change ON sinusnode.full_text (change_sequence, resource, resource_type);
COMMENT ON TABLE sinusnode.full_text IS 'The words of each record with narrative or prose, written in the transaction that stores the record. The indexes are copies of this table; each can be made anew from it.';
COMMENT ON COLUMN sinusnode.full_text.change_sequence IS 'Transaction id (xid8) that wrote the row. An index knows the snapshot that it holds and asks for the rows whose transaction was not visible in it, so that no slow transaction is passed over.';
COMMENT ON COLUMN sinusnode.full_text.gone IS 'The record was deleted, was entered in error, or has no words any more: nothing but its id is kept, so that each index learns of it';
COMMENT ON COLUMN sinusnode.full_text.forgotten IS 'The words were erased: an index that held them rewrites its files without them';
COMMENT ON COLUMN sinusnode.full_text.language IS 'Language that the record states: de, en, - none or another';
COMMENT ON COLUMN sinusnode.full_text.patients IS 'Whose record it is';
COMMENT ON COLUMN sinusnode.full_text.limits IS 'parameter=value, for the search parameters by which consent, scopes or signatures may limit a search';
COMMENT ON COLUMN sinusnode.full_text.narrative IS 'Words of the narrative, for _text';
COMMENT ON COLUMN sinusnode.full_text.content IS 'Words of all text, for _content; the narrative''s come with the column narrative';

CREATE TABLE sinusnode.full_text_source (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    source     uuid NOT NULL DEFAULT gen_random_uuid(),
    generation bigint NOT NULL DEFAULT 0
);
INSERT INTO sinusnode.full_text_source DEFAULT VALUES;
COMMENT ON TABLE sinusnode.full_text_source IS 'Which database this is, and how often its indexes were ordered to be made anew. An index of another database or of an earlier order is made anew.';

CREATE TABLE sinusnode.full_text_index (
    node       text PRIMARY KEY,
    generation bigint NOT NULL DEFAULT -1,
    position   text,
    documents  bigint NOT NULL DEFAULT 0,
    pending    bigint NOT NULL DEFAULT 0,
    seen       timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE sinusnode.full_text_index IS 'What each index last said of itself.';
COMMENT ON COLUMN sinusnode.full_text_index.generation IS 'The order of full_text_source that it was made by; -1 before it was ever complete';
COMMENT ON COLUMN sinusnode.full_text_index.position IS 'How far a shared index (Elasticsearch, OpenSearch) has got; a node''s own index keeps that beside its files';
COMMENT ON COLUMN sinusnode.full_text_index.pending IS 'Changes that are still to be applied';
