-- A Consent also names whose work records are, and what they belong to.

ALTER TABLE sinusnode.directive
    ADD COLUMN bond_kind "char" CHECK (bond_kind IN ('a', 'r')),
    ADD COLUMN bond_to text,
    ADD CHECK ((bond_kind IS NULL) = (bond_to IS NULL)),
    ADD CHECK (bond_to IS NULL OR instance IS NULL);
ALTER TABLE sinusnode.team_directive
    ADD COLUMN bond_kind "char" CHECK (bond_kind IN ('a', 'r')),
    ADD COLUMN bond_to text,
    ADD CHECK ((bond_kind IS NULL) = (bond_to IS NULL)),
    ADD CHECK (bond_to IS NULL OR instance IS NULL);
COMMENT ON COLUMN sinusnode.directive.bond_kind IS 'Which records the rule is limited to: a, whose author is bond_to; r, which are bond_to or belong to it; null is no such limit';
COMMENT ON COLUMN sinusnode.directive.bond_to IS 'Type/id';

CREATE OR REPLACE VIEW sinusnode.directive_in_force AS
SELECT d.* FROM sinusnode.directive d
WHERE NOT EXISTS (SELECT FROM sinusnode.restriction r WHERE r.patient = d.patient);
