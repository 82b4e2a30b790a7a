-- An identifier is its sender's: what somebody else has brought under the same one is another record, of which a sender
-- learns nothing. It is kept for every type, so that a record that is sent again is recognised by who sent it.

CREATE TABLE sinusnode.sent_identifier (
    patient    uuid NOT NULL,
    identifier uuid NOT NULL,
    sender     uuid NOT NULL,
    record     uuid NOT NULL,
    vital      boolean NOT NULL,
    PRIMARY KEY (patient, identifier, sender)
);
CREATE INDEX sent_identifier_record ON sinusnode.sent_identifier (patient, record) WHERE NOT vital;
COMMENT ON TABLE sinusnode.sent_identifier IS 'The record that a sender''s identifier stands for, kept in the transaction that stores the record. Its key is what two simultaneous uploads of one record collide on.';
COMMENT ON COLUMN sinusnode.sent_identifier.identifier IS 'The first 16 bytes of the SHA-256 of resource type, Identifier.system and Identifier.value, with a line feed between them';
COMMENT ON COLUMN sinusnode.sent_identifier.sender IS 'The first 16 bytes of the SHA-256 of the sender''s name: patient, or the kind of client and its Organization, and of a clinician the Practitioner';
COMMENT ON COLUMN sinusnode.sent_identifier.vital IS 'Of a vital sign, of which there is one for each sender; records of other types may share an identifier, which then stands for the first';

-- Who sent the vital signs that are stored already is not written down. What a Device has measured was brought by the gateway
-- of the Device's Organization; what an Organization has measured, by that Organization's system; all else counts as the
-- patient's, who may see it anyway.
DO $$
BEGIN
    IF to_regclass('public.hfj_res_ver') IS NOT NULL THEN
        INSERT INTO sinusnode.sent_identifier (patient, identifier, sender, record, vital)
        SELECT i.patient,
            encode(substring(sha256(convert_to(
                E'Observation\nhttps://sinusnode.eu/sid/vital\n' || i.value, 'UTF8')) FOR 16), 'hex')::uuid,
            encode(substring(sha256(convert_to(coalesce(
                (SELECT 'device-gateway/' || m.party FROM sinusnode.membership m
                 WHERE m.relationship = 'DEVICE' AND m.patient = i.patient
                    AND 'Device/' || m.source = s.said -> 'device' ->> 'reference'
                 ORDER BY m.membership LIMIT 1),
                'clinic-system/' || substring(s.said::text
                    FROM '"performer": \[\{[^]]*"reference": "Organization/([0-9a-f-]{36})"'),
                'patient'), 'UTF8')) FOR 16), 'hex')::uuid,
            i.observation, true
        FROM sinusnode.vital_identifier i
        JOIN public.hfj_resource r ON r.res_type = 'Observation' AND r.fhir_id = i.observation::text
        JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
        CROSS JOIN LATERAL (SELECT v.res_text_vc::jsonb AS said) AS s
        ON CONFLICT DO NOTHING;
    END IF;
END;
$$;

DROP TABLE sinusnode.vital_identifier;
