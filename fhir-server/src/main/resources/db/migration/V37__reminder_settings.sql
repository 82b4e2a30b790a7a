-- By which clock patients are reminded and when not, as they or who represents them have said.

CREATE TABLE sinusnode.reminder_settings (
    patient     uuid PRIMARY KEY,
    zone        text NOT NULL,
    quiet_from  time NOT NULL,
    quiet_until time NOT NULL
);
COMMENT ON TABLE sinusnode.reminder_settings IS 'Of patients who said so; of all others the usual ones hold.';
COMMENT ON COLUMN sinusnode.reminder_settings.zone IS 'Name in the IANA time zone database';
COMMENT ON COLUMN sinusnode.reminder_settings.quiet_from IS 'The first minute that is quiet; the same as quiet_until: none is';
COMMENT ON COLUMN sinusnode.reminder_settings.quiet_until IS 'The first minute that is not; it may lie on the next day';
