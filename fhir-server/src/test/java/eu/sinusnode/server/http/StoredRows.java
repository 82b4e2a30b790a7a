package eu.sinusnode.server.http;

import static java.util.Map.entry;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the tables keep of a record, to be compared with what they keep of another one. */
public final class StoredRows {

    /** Numbers, ids and times of one's own; all else has to be the same. */
    private static final Set<String> OWN = Set.of(
            "pid",
            "res_id",
            "sp_id",
            "src_resource_id",
            "fhir_id",
            "observation",
            "record",
            "res_published",
            "res_updated",
            "sp_updated",
            "change_sequence",
            "resource");

    private static final Map<String, String> ROWS = Map.ofEntries(
            entry("hfj_resource", "fhir_id = ?"),
            entry("hfj_res_ver", "res_id = (SELECT res_id FROM hfj_resource WHERE fhir_id = ?)"),
            entry("hfj_spidx_token", "res_id = (SELECT res_id FROM hfj_resource WHERE fhir_id = ?)"),
            entry("hfj_spidx_date", "res_id = (SELECT res_id FROM hfj_resource WHERE fhir_id = ?)"),
            entry("hfj_spidx_quantity", "res_id = (SELECT res_id FROM hfj_resource WHERE fhir_id = ?)"),
            entry("hfj_spidx_string", "res_id = (SELECT res_id FROM hfj_resource WHERE fhir_id = ?)"),
            entry("hfj_spidx_uri", "res_id = (SELECT res_id FROM hfj_resource WHERE fhir_id = ?)"),
            entry("hfj_res_link", "src_resource_id = (SELECT res_id FROM hfj_resource WHERE fhir_id = ?)"),
            entry("sinusnode.vital_reading", "observation = ?::uuid"),
            entry("sinusnode.sent_identifier", "record = ?::uuid"),
            entry("sinusnode.open_flag", "observation = ?::uuid"),
            entry("sinusnode.full_text", "resource = ?::uuid"));

    private final JdbcTemplate database;

    public StoredRows(JdbcTemplate database) {
        this.database = database;
    }

    /** Every row of a record in every table, without what is its own. */
    public List<String> of(String id) {
        List<String> rows = new ArrayList<>();
        ROWS.forEach((table, where) -> database.queryForList("SELECT * FROM " + table + " WHERE " + where, id)
                .forEach(row -> {
                    Map<String, Object> same = new TreeMap<>(row);
                    same.keySet().removeAll(OWN);
                    same.values().removeIf(value -> value == null);
                    same.replaceAll((column, value) -> value instanceof Array array ? elements(array) : value);
                    rows.add(table + " " + same);
                }));
        return rows.stream().sorted().toList();
    }

    /** The driver writes an array in one way or another, as it came. */
    private static List<Object> elements(Array array) {
        try {
            return List.of((Object[]) array.getArray());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
