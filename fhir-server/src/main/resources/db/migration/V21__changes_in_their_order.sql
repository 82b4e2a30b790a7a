-- What changed since a sequence is found without a look at every patient.

-- Readings lie about in the order in which they were written, so that an index of a few pages is enough; a page that it
-- does not know yet is looked at.
CREATE INDEX vital_reading_change ON sinusnode.vital_reading USING brin (change_sequence)
    WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX directive_change ON sinusnode.directive (change_sequence);
CREATE INDEX reading_change_sequence ON sinusnode.reading_change (change_sequence);
