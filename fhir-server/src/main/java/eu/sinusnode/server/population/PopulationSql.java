package eu.sinusnode.server.population;

import eu.sinusnode.policy.narrowing.PopulationSearch;
import eu.sinusnode.server.lane.ReadingStatus;
import eu.sinusnode.server.lane.VitalCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one search. Each code is a branch of its own, in the order of an index; what a code has without a
 * reading is one more. Numbers of codes and letters of states are written out, since they are the server's own words and
 * the planner has to see them.
 */
final class PopulationSql {

    private final PopulationSearch search;
    private final boolean linked;
    private final boolean further;

    /** @param further whether it goes on behind {@code :place, :observation} */
    PopulationSql(PopulationSearch search, boolean linked, boolean further) {
        this.search = search;
        this.linked = linked;
        this.further = further;
    }

    /** Walks along the time, for {@code :walk} Observations, until {@code :most} of them are permitted. */
    String walk() {
        return "SELECT c.at, c.observation FROM (" + walked(":walk") + ") c\nWHERE " + PermitSql.ofRecord(linked)
                + order("c.at", "c.observation") + " LIMIT :most";
    }

    /** Whether there is more than a walk looks at. */
    String goesOn() {
        return "SELECT count(*) > :walk FROM (" + walked(":walk + 1") + ") c";
    }

    /** In one order over all branches: what lies before the end of the walk has been looked at in each of them. */
    private String walked(String limit) {
        return "SELECT b.at, b.observation, b.patient, b.loinc FROM (\n"
                + branches("TRUE", limit, "c.at", "c.observation") + ") b" + order("b.at", "b.observation") + " LIMIT "
                + limit;
    }

    /**
     * Looks at each permitted patient: for those whose Observations are rare, or far along. What comes first of all comes of
     * the patients whose own first one comes first, so that of all others one is looked at.
     */
    String byPatients() {
        return "WITH permitted AS MATERIALIZED (" + PermitSql.patients(linked) + "),\n"
                + "foremost AS MATERIALIZED (SELECT q.patient, f.at FROM permitted q CROSS JOIN LATERAL (\n"
                + "SELECT e.at FROM (" + ofPatient("q", "1", "c.at") + ") e" + order("e.at") + " LIMIT 1) f"
                + order("f.at") + " FETCH FIRST :most ROWS WITH TIES)\n"
                + "SELECT f.at, f.observation FROM foremost l CROSS JOIN LATERAL (\n"
                + ofPatient("l", ":most", "c.at", "c.observation") + ") f" + order("f.at", "f.observation")
                + " LIMIT :most";
    }

    /** Looks at {@code :patient} alone. */
    String ofOne(boolean byPermits) {
        String permitted = byPermits ? " AND " + PermitSql.ofRecord(linked) : "";
        return "SELECT c.at, c.observation FROM (\n"
                + branches("c.patient = :patient" + permitted, ":most", "c.at", "c.observation") + ") c"
                + order("c.at", "c.observation") + " LIMIT :most";
    }

    /** The link of the patient has been looked at before. */
    private String ofPatient(String patients, String limit, String... keys) {
        return branches("c.patient = " + patients + ".patient AND " + PermitSql.ofRecord(false), limit, keys);
    }

    /** @param keys of the order; the index of one patient's readings has the time alone */
    private String branches(String condition, String limit, String... keys) {
        List<String> branches = new ArrayList<>();
        for (VitalCode code : VitalCode.values()) {
            if (code.isLeading() && search.codes().contains(code.observationCode())) {
                branches.add(branch(code, "vital_reading", "effective", ofReadings(), condition, limit, keys));
                branches.add(branch(code, "vital_without_reading", "low", ofOthers(), condition, limit, keys));
            }
        }
        return String.join("UNION ALL\n", branches);
    }

    private String branch(
            VitalCode code, String table, String time, String dates, String condition, String limit, String... keys) {
        // The condition is asked of columns under their common names.
        return "(SELECT c.at, c.observation, c.patient, c.loinc FROM (SELECT r." + time
                + " AS at, r.observation, r.patient, '" + code.observationCode() + "' AS loinc FROM sinusnode." + table
                + " r WHERE r.code = " + code.number() + statuses() + dates + behind("r." + time) + ") c WHERE "
                + condition + order(keys) + " LIMIT " + limit + ")\n";
    }

    private String statuses() {
        SortedSet<String> asked = search.statuses();
        return asked == null ? "" : " AND r.status = ANY (ARRAY[" + letters(asked) + "]::\"char\"[])";
    }

    private static String letters(SortedSet<String> statuses) {
        return Arrays.stream(ReadingStatus.values())
                .filter(status -> statuses.contains(status.code()))
                .map(status -> "'" + status.letter() + "'")
                .collect(Collectors.joining(","));
    }

    /** A day is the one that the Observation states; the index is asked for what may be of it, whatever the offset. */
    private String ofReadings() {
        String day = "(r.effective AT TIME ZONE 'UTC' + make_interval(mins => r.offset_minutes))::date";
        PopulationSearch.Dates dates = search.dates();
        return given(dates.fromDay(), " AND r.effective >= :fromEarliest AND " + day + " >= :fromDay")
                + given(dates.toDay(), " AND r.effective < :toLatest AND " + day + " <= :toDay")
                + given(dates.from(), " AND r.effective >= :from")
                + given(dates.before(), " AND r.effective < :before");
    }

    /** What lies partly within counts, as in the storage's searches, unless a day or moment was named. */
    private String ofOthers() {
        PopulationSearch.Dates dates = search.dates();
        String lower = dates.within() ? "r.low" : "r.high";
        String upper = dates.within() ? "r.high" : "r.low";
        return given(dates.fromDay(), " AND " + lower + "_day >= :fromNumber")
                + given(dates.toDay(), " AND " + upper + "_day <= :toNumber")
                + given(dates.from(), " AND " + lower + " >= :from")
                + given(dates.before(), " AND " + upper + " < :before");
    }

    private static String given(@Nullable Object bound, String condition) {
        return bound == null ? "" : condition;
    }

    private String behind(String time) {
        return further
                ? " AND (" + time + ", r.observation) " + (search.descending() ? "<" : ">") + " (:place, :observation)"
                : "";
    }

    private String order(String... keys) {
        String way = search.descending() ? " DESC" : "";
        return " ORDER BY " + Arrays.stream(keys).map(key -> key + way).collect(Collectors.joining(", "));
    }
}
