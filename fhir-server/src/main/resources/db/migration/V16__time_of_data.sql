-- A Consent also limits rules to the time of the data.

ALTER TABLE sinusnode.directive
    ADD COLUMN data_from timestamptz,
    ADD COLUMN data_to timestamptz,
    ADD CHECK ((data_from IS NULL) = (data_to IS NULL));
COMMENT ON COLUMN sinusnode.directive.data_from IS 'The rule is limited to records whose content was true from then on, -infinity without a start; null is any time, and an unknown one';
COMMENT ON COLUMN sinusnode.directive.data_to IS 'Exclusive, infinity without an end; null is any time';
