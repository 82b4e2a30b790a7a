-- The indexes of HAPI's largest tables, as narrow as what reads them lets them be. Equal keys share one entry of a B-tree
-- as long as nothing that differs from row to row stands behind them: six to eight bytes a row instead of forty to a
-- hundred and forty (ADR 75). Runs again whenever this file changes; each index is built once, and locks its table meanwhile.

-- Tokens. What has a system and a value is found in the order of the records' numbers, so that a search may stop early.
DROP INDEX IF EXISTS public.idx_sp_token_hash_v2;
DROP INDEX IF EXISTS public.idx_sp_token_hash_s_v2;
DROP INDEX IF EXISTS public.idx_sp_token_hash_sv_v2;
DROP INDEX IF EXISTS public.idx_sp_token_hash_v_v2;
DROP INDEX IF EXISTS public.idx_sp_token_resid_v2;
CREATE INDEX IF NOT EXISTS sn_token_parameter ON public.hfj_spidx_token (hash_identity);
CREATE INDEX IF NOT EXISTS sn_token_system ON public.hfj_spidx_token (hash_sys);
CREATE INDEX IF NOT EXISTS sn_token_system_value ON public.hfj_spidx_token (hash_sys_and_value, res_id);
CREATE INDEX IF NOT EXISTS sn_token_value ON public.hfj_spidx_token (hash_value);
CREATE INDEX IF NOT EXISTS sn_token_record ON public.hfj_spidx_token (res_id);

-- Quantities: the values of Observations, asked for with what they are of, which stands in the hash of the units, or of
-- any code. A unit is looked at behind that (ADR 98).
DROP INDEX IF EXISTS public.idx_sp_quantity_hash_v2;
DROP INDEX IF EXISTS public.idx_sp_quantity_hash_un_v2;
DROP INDEX IF EXISTS public.idx_sp_quantity_hash_sysun_v2;
DROP INDEX IF EXISTS public.idx_sp_quantity_resid_v2;
CREATE INDEX IF NOT EXISTS sn_quantity_subject ON public.hfj_spidx_quantity (hash_identity_and_units, sp_value);
DROP INDEX IF EXISTS public.sn_quantity_unit;
CREATE INDEX IF NOT EXISTS sn_quantity_value ON public.hfj_spidx_quantity (hash_identity, sp_value);
CREATE INDEX IF NOT EXISTS sn_quantity_record ON public.hfj_spidx_quantity (res_id);

-- Dates, by moment and by day.
DROP INDEX IF EXISTS public.idx_sp_date_hash_v2;
DROP INDEX IF EXISTS public.idx_sp_date_hash_high_v2;
DROP INDEX IF EXISTS public.idx_sp_date_ord_hash_v2;
DROP INDEX IF EXISTS public.idx_sp_date_ord_hash_high_v2;
DROP INDEX IF EXISTS public.idx_sp_date_resid_v2;
CREATE INDEX IF NOT EXISTS sn_date_low ON public.hfj_spidx_date (hash_identity, sp_value_low);
CREATE INDEX IF NOT EXISTS sn_date_high ON public.hfj_spidx_date (hash_identity, sp_value_high);
CREATE INDEX IF NOT EXISTS sn_date_day_low ON public.hfj_spidx_date (hash_identity, sp_value_low_date_ordinal);
CREATE INDEX IF NOT EXISTS sn_date_day_high ON public.hfj_spidx_date (hash_identity, sp_value_high_date_ordinal);
CREATE INDEX IF NOT EXISTS sn_date_record ON public.hfj_spidx_date (res_id);

-- Links. Few have a URL as their target, none of a vital sign.
DROP INDEX IF EXISTS public.idx_rl_srcpath_tgturl;
DROP INDEX IF EXISTS public.idx_rl_tgt_v2;
CREATE INDEX IF NOT EXISTS sn_link_url ON public.hfj_res_link (target_resource_url, src_path)
    WHERE target_resource_url IS NOT NULL;
CREATE INDEX IF NOT EXISTS sn_link_target ON public.hfj_res_link (target_resource_id, src_path);

-- Records. One index finds an id with its type and without; HAPI knows its name when an id is taken.
DROP INDEX IF EXISTS public.idx_res_fhir_id;
ALTER TABLE public.hfj_resource DROP CONSTRAINT IF EXISTS idx_res_type_fhir_id;
DROP INDEX IF EXISTS public.idx_res_date;
DROP INDEX IF EXISTS public.idx_res_resid_updated;
DROP INDEX IF EXISTS public.idx_res_type_del_updated;
CREATE UNIQUE INDEX IF NOT EXISTS sn_idx_res_type_fhir_id ON public.hfj_resource (fhir_id, res_type);
CREATE INDEX IF NOT EXISTS sn_resource_row_updated ON public.hfj_resource (res_id, res_updated);
CREATE INDEX IF NOT EXISTS sn_resource_updated ON public.hfj_resource (res_type, res_updated)
    WHERE res_deleted_at IS NULL;

-- Versions. Few name a source, none of a vital sign.
DROP INDEX IF EXISTS public.idx_resver_date;
DROP INDEX IF EXISTS public.idx_resver_id_date;
DROP INDEX IF EXISTS public.idx_resver_id_src_uri;
DROP INDEX IF EXISTS public.idx_resver_type_date;
CREATE INDEX IF NOT EXISTS sn_version_source ON public.hfj_res_ver (source_uri, res_id) WHERE source_uri IS NOT NULL;
CREATE INDEX IF NOT EXISTS sn_version_updated ON public.hfj_res_ver (res_type, res_updated);

-- Rows of an index come with their record or a version of it, in one transaction, and go with it; versions and links keep
-- their foreign keys. Looking each row's record up once more took a quarter of PostgreSQL's time for a vital sign.
ALTER TABLE public.hfj_spidx_token DROP CONSTRAINT IF EXISTS fk_sp_token_res;
ALTER TABLE public.hfj_spidx_date DROP CONSTRAINT IF EXISTS fk_sp_date_res;
ALTER TABLE public.hfj_spidx_quantity DROP CONSTRAINT IF EXISTS fk_sp_quantity_res;
