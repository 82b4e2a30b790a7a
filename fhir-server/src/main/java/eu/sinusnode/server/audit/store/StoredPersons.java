package eu.sinusnode.server.audit.store;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whom the server has a record of. */
@FunctionalInterface
public interface StoredPersons {

    /** @return those of the references ({@code Patient/…}, {@code RelatedPerson/…}) that there is or was a record of */
    Set<String> among(Collection<String> references);

    /** In HAPI's tables, deleted ones too: what is in the audit of them is as much theirs. */
    static StoredPersons in(DataSource storage) {
        JdbcTemplate jdbc = new JdbcTemplate(storage);
        return references -> references.isEmpty()
                ? Set.of()
                : new TreeSet<>(jdbc.query(
                        connection -> {
                            var select = connection.prepareStatement("SELECT r.res_type || '/' || r.fhir_id "
                                    + "FROM unnest(?) AS asked(reference) JOIN public.hfj_resource r "
                                    + "ON r.res_type = split_part(asked.reference, '/', 1) "
                                    + "AND r.fhir_id = split_part(asked.reference, '/', 2)");
                            select.setArray(1, connection.createArrayOf("text", references.toArray()));
                            return select;
                        },
                        (row, number) -> row.getString(1)));
    }
}
