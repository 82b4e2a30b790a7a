package eu.sinusnode.server.audit.reading;

import eu.sinusnode.server.audit.crypto.PatientKey;
import eu.sinusnode.server.audit.store.EventOpener;
import eu.sinusnode.server.audit.store.SubjectTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads {@code sinusnode.audit_event} for auditors. */
public final class AuditEventTable {

    /** Of a bulk answer or file the ledger alone says whose records it held. Two look-ups by index, not one by OR. */
    private static final String CONCERNS = "(e.day, e.position) IN ("
            + "SELECT day, position FROM sinusnode.audit_event WHERE subject = ? "
            + "UNION ALL SELECT day, position FROM sinusnode.audit_ledger WHERE subject = ?)";

    private final JdbcTemplate jdbc;
    private final EventOpener opener;
    private final SubjectTable subjects;

    public AuditEventTable(DataSource dataSource, EventOpener opener, SubjectTable subjects) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.opener = opener;
        this.subjects = subjects;
    }

    Optional<AuditEvent> find(UUID id) {
        return jdbc
                .query(
                        "SELECT " + EventOpener.COLUMNS + " FROM " + EventOpener.FROM + " WHERE e.id = ?",
                        (row, number) -> opener.event(row),
                        id)
                .stream()
                .findFirst();
    }

    /**
     * Newest first unless asked otherwise. The page ends between two milliseconds, so that the next one can begin before
     * its last instant and neither repeat nor skip an event.
     */
    List<AuditEvent> search(AuditQuery query) {
        Optional<Conditions> where = conditions(query);
        if (where.isEmpty()) {
            return List.of();
        }
        String select = "SELECT " + EventOpener.COLUMNS + " FROM " + EventOpener.FROM
                + where.get().where() + " ORDER BY e.recorded " + (query.ascending() ? "ASC" : "DESC")
                + " FETCH FIRST " + query.count() + " ROWS WITH TIES";
        return jdbc.query(connection -> where.get().prepare(connection, select), (row, number) -> opener.event(row));
    }

    /** Empty when nothing can match: a patient whom no event concerns. */
    private Optional<Conditions> conditions(AuditQuery query) {
        Conditions where = new Conditions()
                .from(query.from())
                .to(query.to())
                .any("e.type && ?", query.type())
                .any("e.subtype && ?", query.subtype())
                .any("e.action = ANY(?)", query.action())
                .any("e.outcome = ANY(?)", query.outcome())
                .any("e.client = ANY(?)", query.clients())
                .any("e.request_id = ANY(?)", query.requestIds());
        if (!query.agentNames().isEmpty()) {
            where.any(
                    "EXISTS (SELECT FROM unnest(e.agent_name) AS agent(name), unnest(?) AS wanted(name) "
                            + "WHERE starts_with(lower(agent.name), lower(wanted.name)))",
                    query.agentNames());
        }
        if (query.patient() != null) {
            Optional<UUID> subject = subjects.find("Patient/" + query.patient());
            if (subject.isEmpty()) {
                return Optional.empty();
            }
            where.is(CONCERNS, subject.get());
        }
        if (!query.agents().isEmpty()) {
            where.oneOf(agents(query.agents()));
        }
        if (!query.entities().isEmpty()) {
            where.oneOf(entities(query));
        }
        return Optional.of(where);
    }

    private List<Conditions> agents(List<String> agents) {
        List<Conditions> alternatives = new ArrayList<>();
        alternatives.add(new Conditions().any("e.agent && ?", agents));
        for (String agent : agents) {
            subjects.find(agent)
                    .or(() -> subjects.find("sub/" + agent))
                    .ifPresent(person -> alternatives.add(new Conditions().is("e.agent_subject = ?", person)));
        }
        return alternatives;
    }

    private List<Conditions> entities(AuditQuery query) {
        List<Conditions> alternatives = new ArrayList<>();
        alternatives.add(new Conditions().any("e.entity && ?", query.entities()));
        for (String entity : query.entities()) {
            subjects.find(entity).ifPresent(person -> alternatives.add(new Conditions().is("e.subject = ?", person)));
        }
        if (query.patient() != null) {
            Optional<PatientKey> key = subjects.keyOf("Patient/" + query.patient());
            key.ifPresent(patient -> alternatives.add(new Conditions()
                    .any(
                            "e.entity && ?",
                            query.entities().stream().map(patient::token).toList())));
        }
        return alternatives;
    }
}
