package eu.sinusnode.server.projection;

import eu.sinusnode.policy.consent.Directive;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Reads rows of {@link JdbcPermitDirectory#RELATED}: whoever has none is not related. */
final class RelatedRows implements RowCallbackHandler {

    private final Map<String, List<Directive>> byPatient = new HashMap<>();

    @Override
    public void processRow(ResultSet row) throws SQLException {
        String related = row.getString("related");
        if (related == null) {
            return;
        }
        List<Directive> directives = byPatient.computeIfAbsent(related, patient -> new ArrayList<>());
        if (row.getString("patient") != null) {
            Directive directive = DirectiveRow.read(row);
            if (!directives.contains(directive)) {
                directives.add(directive);
            }
        }
    }

    Map<String, List<Directive>> byPatient() {
        return byPatient;
    }
}
