package eu.sinusnode.server.erasure;

import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.projection.TellingBarrier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every row of a person's record, on the connection of the running transaction: first it is collected which records there
 * are or ever were, then they are deleted, all versions of each.
 */
class PatientRows {

    /** For this transaction alone; it is never written to PostgreSQL's log. */
    private static final String BEGIN = """
            CREATE TEMPORARY TABLE erasing (res_id bigint PRIMARY KEY, res_type text NOT NULL, fhir_id text NOT NULL)
                ON COMMIT DROP
            """;

    /** A merge made one person of them, and each version says what it said. */
    private static final String ONE_PERSON = """
            WITH RECURSIVE person AS (
                SELECT ?::uuid AS patient
                UNION
                SELECT CASE WHEN l.patient = p.patient THEN l.other ELSE l.patient END
                FROM person p JOIN sinusnode.patient_link l
                    ON p.patient IN (l.patient, l.other) AND l.type IN ('replaced-by', 'replaces')
            )
            SELECT r.fhir_id FROM person p JOIN public.hfj_resource r
                ON r.res_type = 'Patient' AND r.fhir_id = p.patient::text
            ORDER BY r.res_id
            """;

    /** Whoever is storing something for one of them is waited for, and whoever comes now finds no such Patient. */
    private static final String LOCK = """
            SELECT r.res_id FROM public.hfj_resource r
            WHERE r.res_type = 'Patient' AND r.fhir_id = ANY (?) ORDER BY r.res_id FOR UPDATE
            """;

    private static final String INSERT = "INSERT INTO erasing SELECT DISTINCT r.res_id, r.res_type, r.fhir_id ";

    private static final String THE_PATIENTS =
            INSERT + "FROM public.hfj_resource r WHERE r.res_type = 'Patient' AND r.fhir_id = ANY (?)";

    /** That a record names its patient in an element that is indexed, and no second one, is demanded of each write. */
    private static final String LINKED = INSERT + """
            FROM erasing e JOIN public.hfj_res_link l ON l.target_resource_id = e.res_id
            JOIN public.hfj_resource r ON r.res_id = l.src_resource_id
            ON CONFLICT DO NOTHING
            """;

    private static final String DELETED = INSERT + """
            FROM sinusnode.deleted_record d
            JOIN public.hfj_resource r ON r.res_type = d.resource_type AND r.fhir_id = d.record::text
            WHERE d.patient = ANY (?) AND r.res_deleted_at IS NOT NULL
            ON CONFLICT DO NOTHING
            """;

    private static final String BINARIES = INSERT + """
            FROM sinusnode.binary_owner b
            JOIN public.hfj_resource r ON r.res_type = 'Binary' AND r.fhir_id = b.record::text
            WHERE b.patient = ANY (?)
            ON CONFLICT DO NOTHING
            """;

    /** A Provenance names records and not their patient. */
    private static final String PROVENANCES = INSERT + """
            FROM erasing e JOIN public.hfj_res_link l ON l.target_resource_id = e.res_id
            JOIN public.hfj_resource r ON r.res_id = l.src_resource_id
            WHERE l.source_resource_type = 'Provenance'
            ON CONFLICT DO NOTHING
            """;

    /** The storage forgets the links of what is deleted; of these types nothing else remembers them. */
    private static final String DELETED_ABOUT_RECORDS = INSERT + """
            FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id
            CROSS JOIN LATERAL regexp_matches(v.res_text_vc, '"([A-Z][A-Za-z]+)/([0-9a-f-]{36})', 'g') AS m (named)
            JOIN erasing e ON e.res_type = m.named[1] AND e.fhir_id = m.named[2]
            WHERE r.res_type IN ('Bundle', 'Provenance') AND r.res_deleted_at IS NOT NULL
            ON CONFLICT DO NOTHING
            """;

    /** An id that was this person's until it was deleted, and that the loader gave to somebody else's record then. */
    private static final String OF_A_FORMER_LIFE = """
            DELETE FROM public.hfj_res_ver v USING sinusnode.deleted_record d, public.hfj_resource r
            WHERE d.patient = ANY (?) AND r.res_type = d.resource_type AND r.fhir_id = d.record::text
                AND r.res_deleted_at IS NULL AND r.res_id NOT IN (SELECT e.res_id FROM erasing e)
                AND v.res_id = r.res_id AND v.res_ver <= (
                    SELECT max(l.res_ver) FROM public.hfj_res_ver l
                    WHERE l.res_id = r.res_id AND l.res_deleted_at IS NOT NULL)
            """;

    private static final String SEARCHES = """
            CREATE TEMPORARY TABLE erasing_search ON COMMIT DROP AS
            SELECT s.pid FROM public.hfj_search s
            WHERE s.search_query_string_vc IS NULL
                OR EXISTS (SELECT FROM public.hfj_search_result h JOIN erasing e ON e.res_id = h.resource_pid
                    WHERE h.search_pid = s.pid)
                OR EXISTS (SELECT FROM regexp_matches(s.search_query_string_vc, '[0-9a-f]{8}-[0-9a-f-]{27}', 'g')
                    AS m (named) JOIN erasing e ON e.fhir_id = m.named[1])
            """;

    /** Where the storage's own foreign keys lead from, those behind the versions first. */
    private static final String REFERRING = """
            SELECT format(CASE WHEN k.confrelid = 'public.hfj_res_ver'::regclass
                    THEN 'DELETE FROM %s WHERE %I IN (SELECT v.pid FROM public.hfj_res_ver v JOIN erasing e USING (res_id))'
                    ELSE 'DELETE FROM %s WHERE %I IN (SELECT e.res_id FROM erasing e)' END, k.conrelid::regclass, a.attname)
            FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
            WHERE k.contype = 'f' AND cardinality(k.conkey) = 1
                AND k.confrelid IN ('public.hfj_res_ver'::regclass, 'public.hfj_resource'::regclass)
            ORDER BY k.confrelid = 'public.hfj_resource'::regclass, k.conrelid::regclass::text, a.attname
            """;

    /** The indexes that vital signs fill have no foreign key (ADR 75). */
    private static final List<String> WITHOUT_FOREIGN_KEY = Stream.of(
                    "hfj_spidx_date", "hfj_spidx_quantity", "hfj_spidx_token")
            .map(table -> "DELETE FROM public." + table + " WHERE res_id IN (SELECT e.res_id FROM erasing e)")
            .toList();

    /** Who writes rows to an index writes the record, too: it has done so before, or waits and finds no record. */
    private static final String HOLD = """
            SELECT count(*) FROM (SELECT FROM public.hfj_resource r JOIN erasing e ON e.res_id = r.res_id
                ORDER BY r.res_id FOR UPDATE OF r) AS held
            """;

    private static final List<String> OWN = List.of(
            "DELETE FROM sinusnode.vital_reading WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.vital_without_reading WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.reading_change WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.labelled_observation WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.risk_input WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.sent_identifier WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.open_flag WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.task_due WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.directive WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.team_directive WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.membership WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.deleted_record WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.binary_owner WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.legal_hold WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.restriction WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.break_glass WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.import_patient WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.import_denial WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.reminder r USING sinusnode.reminder_plan p"
                    + " WHERE r.plan = p.plan AND p.patient = ANY (?)",
            // With what the plan asks for.
            "DELETE FROM sinusnode.reminder_plan WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.reminder_settings WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.subscription_event WHERE patient = ANY (?)",
            "DELETE FROM sinusnode.subscription_told WHERE patient = ANY (?)",
            // The person's own, and whose filter names the person.
            "DELETE FROM sinusnode.subscription s USING unnest(?::uuid[]) AS p (patient)"
                    + " WHERE strpos(s.caller || s.resource || s.rules, p.patient::text) > 0");

    private static final List<String> BY_RECORD = List.of(
            "DELETE FROM sinusnode.measuring_device d USING erasing e"
                    + " WHERE e.res_type = 'Device' AND d.device::text = e.fhir_id",
            "DELETE FROM public.hfj_search_result h USING erasing_search s WHERE h.search_pid = s.pid",
            "DELETE FROM public.hfj_search_include i USING erasing_search s WHERE i.search_pid = s.pid",
            "DELETE FROM public.hfj_search h USING erasing_search s WHERE h.pid = s.pid");

    private final RunningTransaction transaction;

    PatientRows(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * The Patients who are this person, locked until the transaction ends; none when there is no such Patient, deleted or
     * not.
     *
     * @return null when a merge came between
     */
    @Nullable
    Set<UUID> lock(UUID patient) {
        transaction.update("SET LOCAL statement_timeout = 0");
        List<String> person = transaction.queryForList(ONE_PERSON, String.class, patient);
        transaction.queryForList(LOCK, Long.class, (Object) person.toArray(String[]::new));
        TellingBarrier.close(transaction, person);
        boolean same =
                transaction.queryForList(ONE_PERSON, String.class, patient).equals(person);
        return same
                ? new TreeSet<>(person.stream()
                        .map(id -> ResourceIds.require("Patient", id))
                        .toList())
                : null;
    }

    /** @return how many records there are, and how many others */
    long collect(Set<UUID> person) {
        UUID[] patients = person.toArray(UUID[]::new);
        transaction.update(BEGIN);
        transaction.update(
                THE_PATIENTS, (Object) person.stream().map(UUID::toString).toArray(String[]::new));
        transaction.update(LINKED);
        transaction.update(DELETED, (Object) patients);
        transaction.update(BINARIES, (Object) patients);
        transaction.update(PROVENANCES);
        transaction.update(DELETED_ABOUT_RECORDS);
        transaction.update("ANALYZE erasing");
        Long records = transaction.queryForObject("SELECT count(*) FROM erasing", Long.class);
        return records == null ? 0 : records;
    }

    /** Ids of the collected records of the type. */
    Set<String> ids(String resourceType) {
        return new TreeSet<>(transaction.queryForList(
                "SELECT e.fhir_id FROM erasing e WHERE e.res_type = ?", String.class, resourceType));
    }

    /** Ids of the collected records that the full text has a row of. */
    List<UUID> withWords() {
        return transaction.queryForList("""
                SELECT f.resource FROM sinusnode.full_text f
                JOIN erasing e ON e.res_type = f.resource_type AND e.fhir_id = f.resource::text
                """, UUID.class);
    }

    void delete(Set<UUID> person) {
        UUID[] patients = person.toArray(UUID[]::new);
        transaction.queryForObject(HOLD, Long.class);
        transaction.update(OF_A_FORMER_LIFE, (Object) patients);
        transaction.update(SEARCHES);
        BY_RECORD.forEach(transaction::update);
        OWN.forEach(statement -> transaction.update(statement, (Object) patients));
        WITHOUT_FOREIGN_KEY.forEach(transaction::update);
        transaction.queryForList(REFERRING, String.class).forEach(transaction::update);
        transaction.update("DELETE FROM public.hfj_resource r USING erasing e WHERE r.res_id = e.res_id");
    }
}
