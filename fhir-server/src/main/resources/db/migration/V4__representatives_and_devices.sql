-- Two more ways to be linked to a patient: as a representative, and by a device. The party of a link is an Organization,
-- of a representative the RelatedPerson.

ALTER TABLE sinusnode.membership RENAME COLUMN organization TO party;
ALTER INDEX sinusnode.membership_organization_relationship_patient RENAME TO membership_party_relationship_patient;
ALTER TABLE sinusnode.membership DROP CONSTRAINT membership_relationship_check;
ALTER TABLE sinusnode.membership ADD CONSTRAINT membership_relationship_check
    CHECK (relationship IN ('CARE_TEAM', 'COVERAGE', 'DEVICE', 'REPRESENTATIVE'));
COMMENT ON TABLE sinusnode.membership IS 'Who is linked to a patient, as CareTeam, Coverage, Device and RelatedPerson state it. Replaced in the transaction that stores the resource.';
COMMENT ON COLUMN sinusnode.membership.party IS 'Id of the Organization; for REPRESENTATIVE of the RelatedPerson';
COMMENT ON COLUMN sinusnode.membership.source IS 'Id of the CareTeam, Coverage, Device or RelatedPerson';
