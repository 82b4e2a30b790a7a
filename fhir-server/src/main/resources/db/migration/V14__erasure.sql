-- Erasing a person: whom the law keeps, what cannot be found by a link, and who was erased.

CREATE TABLE sinusnode.legal_hold (
    patient uuid PRIMARY KEY,
    ground  text NOT NULL CHECK (ground IN ('retention-duty', 'legal-claim', 'authority')),
    since   timestamptz(3) NOT NULL,
    until   timestamptz(3) NOT NULL DEFAULT 'infinity'
);
COMMENT ON TABLE sinusnode.legal_hold IS 'Patients whose records the law keeps: until then they are not erased.';
COMMENT ON COLUMN sinusnode.legal_hold.until IS 'Exclusive';

CREATE TABLE sinusnode.binary_owner (
    record  uuid NOT NULL,
    patient uuid NOT NULL,
    PRIMARY KEY (record, patient)
);
CREATE INDEX binary_owner_patient ON sinusnode.binary_owner (patient);
COMMENT ON TABLE sinusnode.binary_owner IS 'Whose each Binary is, by its securityContext, which no search parameter indexes. Kept in the transaction that stores the Binary, and when it is deleted.';

-- What was stored before this table existed. A database that has only our own tables has none.
DO $$
BEGIN
    IF to_regclass('public.hfj_res_ver') IS NOT NULL THEN
        INSERT INTO sinusnode.binary_owner (record, patient)
        SELECT DISTINCT r.fhir_id::uuid, m.patient[1]::uuid
        FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id
        CROSS JOIN LATERAL regexp_match(v.res_text_vc,
            '"securityContext":\{"reference":"Patient/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"') AS m (patient)
        WHERE r.res_type = 'Binary' AND m.patient IS NOT NULL;
    END IF;
END;
$$;

CREATE TABLE sinusnode.erased_person (
    mark   bytea PRIMARY KEY,
    kid    text NOT NULL,
    erased timestamptz(3) NOT NULL
);
COMMENT ON TABLE sinusnode.erased_person IS 'Who was erased, told by whoever has the id and the key: what the audit still takes in of them is sealed with a key that nobody keeps.';
COMMENT ON COLUMN sinusnode.erased_person.mark IS 'HMAC-SHA-256 of Patient/… or RelatedPerson/… under a key of purpose erasure';
COMMENT ON COLUMN sinusnode.erased_person.kid IS 'Which key';
