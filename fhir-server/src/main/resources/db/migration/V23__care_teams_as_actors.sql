-- A Consent also names a CareTeam: whatever Organizations take part in it, for as long as they do.

CREATE TABLE sinusnode.team_directive (
    team_directive  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    care_team       uuid NOT NULL,
    patient         uuid NOT NULL,
    consent         uuid NOT NULL,
    consent_version bigint NOT NULL,
    provision       text NOT NULL,
    effect          "char" NOT NULL CHECK (effect IN ('p', 'd')),
    purpose         text,
    resource_type   text,
    code_system     text,
    code            text,
    labels          text[] NOT NULL,
    instance        text,
    data_from       timestamptz,
    data_to         timestamptz,
    valid_from      timestamptz NOT NULL,
    valid_to        timestamptz NOT NULL,
    CHECK (effect = 'd' OR purpose IS NOT NULL)
);
CREATE INDEX team_directive_care_team ON sinusnode.team_directive (care_team);
CREATE INDEX team_directive_consent ON sinusnode.team_directive (consent);
CREATE INDEX team_directive_patient ON sinusnode.team_directive (patient);
COMMENT ON TABLE sinusnode.team_directive IS 'Rules of active Consents about a CareTeam. What they say of each Organization stands in directive, and is made anew in the transaction that stores the Consent or the CareTeam.';
COMMENT ON COLUMN sinusnode.team_directive.care_team IS 'Id of the CareTeam';

ALTER TABLE sinusnode.directive ADD COLUMN care_team uuid;
CREATE INDEX directive_care_team ON sinusnode.directive (care_team) WHERE care_team IS NOT NULL;
COMMENT ON COLUMN sinusnode.directive.care_team IS 'Id of the CareTeam by which the Organization is named; null when the Consent names it';
