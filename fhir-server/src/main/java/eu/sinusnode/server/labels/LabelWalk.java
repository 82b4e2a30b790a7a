package eu.sinusnode.server.labels;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.labelling.LabelFlow;
import eu.sinusnode.policy.labelling.LabelFlow.Edge;
import eu.sinusnode.policy.labelling.StatedLabels;
import eu.sinusnode.policy.narrowing.RecordLabels;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at every record, some hundred in a transaction and while the server runs, for the labels that a new version of it
 * would be given: by its codes, and by what it was made of. What goes over may go further, so it walks until a walk finds
 * nothing; what was done stays done, so that a run which was broken off has only the rest to do.
 */
final class LabelWalk {

    private static final int AT_ONCE = 500;

    /** Of an Observation that names nothing and has no code of these systems, nothing can be said but what it carries. */
    private static final String NEXT = """
            SELECT r.res_id, r.res_type, r.fhir_id, v.res_encoding = 'JSON' AND v.res_text_vc IS NOT NULL,
                CASE WHEN r.res_type <> 'Observation' OR v.res_text_vc
                    ~ '"(derivedFrom|hasMember|contained)"|/sid/icd-10"|/bfarm/icd-10-gm"|/bfarm/atc"|/atc"'
                THEN v.res_text_vc END
            FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_deleted_at IS NULL AND r.res_id > ? ORDER BY r.res_id LIMIT ?
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final StoredLabels stored;
    private final FhirContext context;

    LabelWalk(DataSource dataSource, FhirContext context) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.stored = new StoredLabels(new RunningTransaction(dataSource), context);
        this.context = context;
    }

    /**
     * @param looked records
     * @param lacking records that lack labels; of records that only get them through these, none is known yet
     * @param unread records that the storage keeps in another form than as text
     */
    record Found(long looked, long lacking, long unread) {
        boolean holds() {
            return lacking == 0 && unread == 0;
        }
    }

    private record Batch(long last, int size, long lacking, long unread) {}

    /** @param progress records looked at so far */
    Found verify(LongConsumer progress) {
        return walk(false, progress);
    }

    /** Afterwards no record lacks a label; {@code lacking} counts a record as often as it was given some. */
    Found apply(LongConsumer progress) {
        long given = 0;
        Found found;
        do {
            found = walk(true, progress);
            given += found.lacking();
        } while (found.lacking() > 0);
        return new Found(found.looked(), given, found.unread());
    }

    private Found walk(boolean apply, LongConsumer progress) {
        long looked = 0;
        long lacking = 0;
        long unread = 0;
        long after = Long.MIN_VALUE;
        Batch batch;
        do {
            long from = after;
            batch = Objects.requireNonNull(transaction.execute(status -> batch(from, apply)));
            after = batch.last();
            looked += batch.size();
            lacking += batch.lacking();
            unread += batch.unread();
            progress.accept(looked);
        } while (batch.size() == AT_ONCE);
        return new Found(looked, lacking, unread);
    }

    private Batch batch(long after, boolean apply) {
        long[] last = {after};
        long[] unread = {0};
        int[] size = {0};
        Map<String, Resource> records = new HashMap<>();
        jdbc.query(
                NEXT,
                row -> {
                    last[0] = row.getLong(1);
                    size[0]++;
                    String type = Objects.requireNonNull(row.getString(2));
                    String text = row.getString(5);
                    if (!RecordLabels.areOn(type)) {
                        return;
                    }
                    if (!row.getBoolean(4)) {
                        unread[0]++;
                    } else if (text != null) {
                        String name = type + "/" + row.getString(3);
                        Resource record = (Resource) context.newJsonParser().parseResource(text);
                        record.setId(new IdType(name));
                        records.put(name, record);
                    }
                },
                after,
                AT_ONCE);
        long lacking = missing(records).entrySet().stream()
                .filter(each -> apply
                        ? stored.add(each.getKey(), each.getValue())
                        : stored.lack(each.getKey(), each.getValue()))
                .count();
        return new Batch(last[0], size[0], lacking, unread[0]);
    }

    /**
     * What records of the batch lack, and what they give to others, which may have it or not be there; in one order, so that
     * writers do not wait in a ring.
     */
    private Map<String, Set<Code>> missing(Map<String, Resource> records) {
        List<Edge> edges = new ArrayList<>();
        records.values().forEach(record -> edges.addAll(LabelFlow.of(record)));
        Set<String> others = new LinkedHashSet<>();
        edges.forEach(edge -> others.add(edge.from()));
        others.removeAll(records.keySet());
        Map<String, Set<Code>> labels = stored.of(others);
        Map<String, Set<Code>> missing = new TreeMap<>();
        records.forEach((name, record) -> {
            Set<Code> said = RecordLabels.said(record);
            labels.put(name, said);
            Set<Code> unsaid = new LinkedHashSet<>(said);
            record.getMeta().getSecurity().forEach(label -> unsaid.remove(StatedLabels.code(label)));
            if (!unsaid.isEmpty()) {
                missing.put(name, unsaid);
            }
        });
        LabelFlow.spread(edges, labels)
                .forEach((name, given) -> missing.computeIfAbsent(name, ignored -> new LinkedHashSet<>())
                        .addAll(given));
        missing.keySet().removeIf(name -> !RecordLabels.areOn(name.substring(0, name.indexOf('/'))));
        return missing;
    }
}
