package eu.sinusnode.server.copies;

import com.google.common.hash.Hashing;
import eu.sinusnode.server.copies.StoredTargets.Target;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** The rows of new records of one type, each value as HAPI's entities write it. For one transaction. */
public final class NewRows {

    private static final String FHIR_VERSION = "R4";
    private static final int FIRST_VERSION = 1;

    /** The state of what is indexed here and nowhere else ({@code EntityIndexStatusEnum}). */
    private static final int INDEXED = 0;

    private final CopyRows resources;
    private final CopyRows versions;
    private final CopyRows tokens;
    private final CopyRows dates;
    private final CopyRows quantities;
    private final CopyRows links;

    private final String type;
    private final short typeNumber;
    private final Map<String, Target> targets;
    private final String now;

    private NewRows(RowNumbers numbers, String type, short typeNumber, Map<String, Target> targets, Date now) {
        this.resources = new CopyRows(HapiTable.RESOURCE, numbers.of(HapiTable.RESOURCE));
        this.versions = new CopyRows(HapiTable.VERSION, numbers.of(HapiTable.VERSION));
        this.tokens = new CopyRows(HapiTable.TOKEN, numbers.of(HapiTable.TOKEN));
        this.dates = new CopyRows(HapiTable.DATE, numbers.of(HapiTable.DATE));
        this.quantities = new CopyRows(HapiTable.QUANTITY, numbers.of(HapiTable.QUANTITY));
        this.links = new CopyRows(HapiTable.LINK, numbers.of(HapiTable.LINK));
        this.type = type;
        this.typeNumber = typeNumber;
        this.targets = targets;
        this.now = timestamp(now);
    }

    /**
     * Writes all of them with one COPY a table.
     *
     * @param typeNumber the storage's number of the resource type
     * @param targets by reference, of every reference that is indexed
     */
    public static void write(
            Connection connection,
            String type,
            short typeNumber,
            List<NewRecord> records,
            Map<String, Target> targets,
            Date now)
            throws SQLException {
        NewRows rows = new NewRows(RowNumbers.draw(connection, needed(records)), type, typeNumber, targets, now);
        records.forEach(rows::add);
        for (CopyRows table :
                List.of(rows.resources, rows.versions, rows.tokens, rows.dates, rows.quantities, rows.links)) {
            table.copy(connection);
        }
    }

    private static Map<HapiTable, Integer> needed(List<NewRecord> records) {
        Map<HapiTable, Integer> needed = new EnumMap<>(HapiTable.class);
        needed.put(HapiTable.RESOURCE, records.size());
        needed.put(HapiTable.VERSION, records.size());
        needed.put(HapiTable.DATE, sum(records, record -> record.dates().size()));
        needed.put(HapiTable.TOKEN, sum(records, record -> record.tokens().size()));
        needed.put(
                HapiTable.QUANTITY, sum(records, record -> record.quantities().size()));
        needed.put(HapiTable.LINK, sum(records, record -> record.links().size()));
        return needed;
    }

    private static int sum(List<NewRecord> records, ToIntFunction<NewRecord> rows) {
        return records.stream().mapToInt(rows).sum();
    }

    private void add(NewRecord record) {
        long resource = resources.add(
                FHIR_VERSION,
                false,
                now,
                now,
                record.id(),
                true,
                hash(record.json()),
                INDEXED,
                type,
                typeNumber,
                FIRST_VERSION,
                false,
                false,
                false,
                true,
                false,
                false,
                !record.quantities().isEmpty(),
                false,
                true,
                false,
                false);
        versions.add(FHIR_VERSION, false, now, now, "JSON", resource, record.json(), type, typeNumber, FIRST_VERSION);
        index(record, resource);
    }

    private void index(NewRecord record, long resource) {
        record.tokens()
                .forEach(token -> tokens.add(
                        false,
                        resource,
                        token.getHashIdentity(),
                        token.getHashSystem(),
                        token.getHashSystemAndValue(),
                        token.getHashValue(),
                        token.getSystem(),
                        token.getValue()));
        record.dates()
                .forEach(date -> dates.add(
                        false,
                        resource,
                        date.getHashIdentity(),
                        timestamp(date.getValueHigh()),
                        date.getValueHighDateOrdinal(),
                        timestamp(date.getValueLow()),
                        date.getValueLowDateOrdinal()));
        record.quantities()
                .forEach(quantity -> quantities.add(
                        false,
                        resource,
                        quantity.getHashIdentity(),
                        quantity.getHashIdentityAndUnits(),
                        quantity.getHashIdentitySystemAndUnits(),
                        quantity.getSystem(),
                        quantity.getUnits(),
                        quantity.getValue().doubleValue()));
        for (NewRecord.Link link : record.links()) {
            Target target = Objects.requireNonNull(targets.get(link.reference()));
            links.add(resource, link.path(), type, typeNumber, target.row(), target.type(), target.typeNumber(), now);
        }
    }

    /** HAPI's hash of the characters as they are; over all their bytes at once it takes a tenth of the time. */
    private static String hash(String json) {
        return Hashing.sha256()
                .hashBytes(json.getBytes(StandardCharsets.UTF_16LE))
                .toString();
    }

    /** The columns have no zone; like the driver, HAPI writes them in the one of the process. */
    private static String timestamp(Date at) {
        return new Timestamp(at.getTime()).toString();
    }
}
