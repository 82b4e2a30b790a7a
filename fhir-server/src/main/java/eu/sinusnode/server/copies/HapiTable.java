package eu.sinusnode.server.copies;

/** The tables of HAPI's schema that a new record has rows in, in the order in which they are written. */
enum HapiTable {
    RESOURCE(
            "hfj_resource",
            "seq_resource_id",
            "res_id, res_version, has_tags, res_published, res_updated, fhir_id, sp_has_links, hash_sha256,"
                    + " sp_index_status, res_type, res_type_id, res_ver, sp_cmpstr_uniq_present, sp_cmptoks_present,"
                    + " sp_coords_present, sp_date_present, sp_number_present, sp_quantity_nrml_present,"
                    + " sp_quantity_present, sp_string_present, sp_token_present, sp_uri_present, search_url_present"),
    VERSION(
            "hfj_res_ver",
            "seq_resource_history_id",
            "pid, res_version, has_tags, res_published, res_updated, res_encoding, res_id, res_text_vc, res_type,"
                    + " res_type_id, res_ver"),
    TOKEN(
            "hfj_spidx_token",
            "seq_spidx_token",
            "sp_id, sp_missing, res_id, hash_identity, hash_sys, hash_sys_and_value, hash_value, sp_system, sp_value"),
    DATE(
            "hfj_spidx_date",
            "seq_spidx_date",
            "sp_id, sp_missing, res_id, hash_identity, sp_value_high, sp_value_high_date_ordinal, sp_value_low,"
                    + " sp_value_low_date_ordinal"),
    QUANTITY(
            "hfj_spidx_quantity",
            "seq_spidx_quantity",
            "sp_id, sp_missing, res_id, hash_identity, hash_identity_and_units, hash_identity_sys_units, sp_system,"
                    + " sp_units, sp_value"),
    LINK(
            "hfj_res_link",
            "seq_reslink_id",
            "pid, src_resource_id, src_path, source_resource_type, src_res_type_id, target_resource_id,"
                    + " target_resource_type, target_res_type_id, sp_updated");

    private final String table;
    private final String sequence;
    private final String columns;

    HapiTable(String table, String sequence, String columns) {
        this.table = table;
        this.sequence = sequence;
        this.columns = columns;
    }

    /** Gives the row's own number, the first of its columns; it counts in {@link RowNumbers#BLOCK}s. */
    String sequence() {
        return sequence;
    }

    String copy() {
        return "COPY public." + table + " (" + columns + ") FROM STDIN";
    }
}
