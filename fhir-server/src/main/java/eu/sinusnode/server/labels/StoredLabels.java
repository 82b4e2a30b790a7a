package eu.sinusnode.server.labels;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Sensitivity;
import eu.sinusnode.policy.labelling.StatedLabels;
import eu.sinusnode.policy.narrowing.RecordLabels;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** The labels of stored records, and labels that are added to a current version in its place. Names are {@code Type/id}. */
class StoredLabels {

    /** An Observation that is not in the table carries none: of a flag's thousand inputs hardly any text is read. */
    private static final String TEXTS = """
            SELECT r.res_type || '/' || r.fhir_id, v.res_text_vc FROM (
                SELECT 'Observation' AS res_type, o.observation::text AS fhir_id
                FROM sinusnode.labelled_observation o WHERE o.observation = ANY (?::uuid[])
                UNION ALL
                SELECT split_part(n.name, '/', 1), split_part(n.name, '/', 2) FROM unnest(?::text[]) AS n (name)) a
            JOIN public.hfj_resource r ON r.res_type = a.res_type AND r.fhir_id = a.fhir_id AND r.res_deleted_at IS NULL
            JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE v.res_text_vc IS NOT NULL
            """;

    private static final String OBSERVATION = "Observation/";

    private final RunningTransaction transaction;
    private final LabelRows rows;
    private final FhirContext context;

    StoredLabels(RunningTransaction transaction, FhirContext context) {
        this.transaction = transaction;
        this.rows = new LabelRows(transaction);
        this.context = context;
    }

    /** What each record carries or says by its codes; without those of which there is nothing. */
    Map<String, Set<Code>> of(Collection<String> names) {
        Map<String, Set<Code>> labels = new HashMap<>();
        if (!names.isEmpty()) {
            texts(names).forEach((name, text) -> {
                Set<Code> said = RecordLabels.said(parse(name, text));
                if (!said.isEmpty()) {
                    labels.put(name, said);
                }
            });
        }
        return labels;
    }

    private Map<String, String> texts(Collection<String> names) {
        List<UUID> observations = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith(OBSERVATION)) {
                ResourceIds.parse(name.substring(OBSERVATION.length())).ifPresent(observations::add);
            } else {
                others.add(name);
            }
        }
        return transaction.execute(connection -> {
            Map<String, String> texts = new HashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(TEXTS)) {
                statement.setArray(1, connection.createArrayOf("uuid", observations.toArray()));
                statement.setArray(2, connection.createArrayOf("text", others.toArray()));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        texts.put(row.getString(1), row.getString(2));
                    }
                }
            }
            return texts;
        });
    }

    /** Whether there is such a record, and it does not carry them all. */
    boolean lack(String name, Set<Code> labels) {
        return rows.text(typeOf(name), idOf(name))
                .filter(text -> !missing(parse(name, text), labels).isEmpty())
                .isPresent();
    }

    /**
     * @param name of a type whose records carry labels
     * @return false when there is no such record, or when it carries them all
     * @throws IllegalStateException when the storage keeps the record in another form than as text
     */
    boolean add(String name, Set<Code> labels) {
        String type = typeOf(name);
        Optional<Long> record = rows.lock(type, idOf(name));
        if (record.isEmpty()) {
            return false;
        }
        String text = rows.text(type, idOf(name))
                .orElseThrow(() -> new IllegalStateException("A record is kept in a form that cannot be read here."));
        Resource resource = parse(name, text);
        Set<Code> missing = missing(resource, labels);
        if (missing.isEmpty()) {
            return false;
        }
        rows.write(record.get(), LabelledText.with(text, missing));
        rows.index(record.get(), type, missing);
        if (resource instanceof Observation observation) {
            rows.remember(observation);
        }
        return true;
    }

    private static Set<Code> missing(Resource record, Set<Code> labels) {
        Set<Code> missing = new LinkedHashSet<>(Sensitivity.withWhatFollows(labels));
        record.getMeta().getSecurity().forEach(label -> missing.remove(StatedLabels.code(label)));
        return missing;
    }

    private Resource parse(String name, String text) {
        Resource resource = (Resource) context.newJsonParser().parseResource(text);
        resource.setId(new IdType(name));
        return resource;
    }

    private static String typeOf(String name) {
        return name.substring(0, name.indexOf('/'));
    }

    private static String idOf(String name) {
        return name.substring(name.indexOf('/') + 1);
    }
}
