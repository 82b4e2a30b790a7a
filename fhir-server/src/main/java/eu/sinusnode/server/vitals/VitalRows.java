package eu.sinusnode.server.vitals;

import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamDate;
import com.google.common.hash.Hashing;
import eu.sinusnode.server.vitals.StoredTargets.Target;
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

/** The rows of new vital signs, each value as HAPI's entities write it. For one transaction. */
final class VitalRows {

    private static final String TYPE = "Observation";
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

    private final short typeNumber;
    private final Map<String, Target> targets;
    private final String now;

    private VitalRows(RowNumbers numbers, short typeNumber, Map<String, Target> targets, Date now) {
        this.resources = new CopyRows(HapiTable.RESOURCE, numbers.of(HapiTable.RESOURCE));
        this.versions = new CopyRows(HapiTable.VERSION, numbers.of(HapiTable.VERSION));
        this.tokens = new CopyRows(HapiTable.TOKEN, numbers.of(HapiTable.TOKEN));
        this.dates = new CopyRows(HapiTable.DATE, numbers.of(HapiTable.DATE));
        this.quantities = new CopyRows(HapiTable.QUANTITY, numbers.of(HapiTable.QUANTITY));
        this.links = new CopyRows(HapiTable.LINK, numbers.of(HapiTable.LINK));
        this.typeNumber = typeNumber;
        this.targets = targets;
        this.now = timestamp(now);
    }

    /**
     * Writes all of them with one COPY a table.
     *
     * @param typeNumber the storage's number of the resource type Observation
     * @param targets by reference, of every reference that is indexed
     */
    static void write(
            Connection connection, List<NewVital> vitals, short typeNumber, Map<String, Target> targets, Date now)
            throws SQLException {
        VitalRows rows = new VitalRows(RowNumbers.draw(connection, needed(vitals)), typeNumber, targets, now);
        vitals.forEach(rows::add);
        for (CopyRows table :
                List.of(rows.resources, rows.versions, rows.tokens, rows.dates, rows.quantities, rows.links)) {
            table.copy(connection);
        }
    }

    private static Map<HapiTable, Integer> needed(List<NewVital> vitals) {
        Map<HapiTable, Integer> needed = new EnumMap<>(HapiTable.class);
        needed.put(HapiTable.RESOURCE, vitals.size());
        needed.put(HapiTable.VERSION, vitals.size());
        needed.put(HapiTable.DATE, vitals.size());
        needed.put(HapiTable.TOKEN, sum(vitals, vital -> vital.tokens().size()));
        needed.put(HapiTable.QUANTITY, sum(vitals, vital -> vital.quantities().size()));
        needed.put(HapiTable.LINK, sum(vitals, vital -> vital.links().size()));
        return needed;
    }

    private static int sum(List<NewVital> vitals, ToIntFunction<NewVital> rows) {
        return vitals.stream().mapToInt(rows).sum();
    }

    private void add(NewVital vital) {
        long resource = resources.add(
                FHIR_VERSION,
                false,
                now,
                now,
                vital.id(),
                true,
                hash(vital.json()),
                INDEXED,
                TYPE,
                typeNumber,
                FIRST_VERSION,
                false,
                false,
                false,
                true,
                false,
                false,
                !vital.quantities().isEmpty(),
                false,
                true,
                false,
                false);
        versions.add(FHIR_VERSION, false, now, now, "JSON", resource, vital.json(), TYPE, typeNumber, FIRST_VERSION);
        index(vital, resource);
    }

    private void index(NewVital vital, long resource) {
        vital.tokens()
                .forEach(token -> tokens.add(
                        false,
                        resource,
                        token.getHashIdentity(),
                        token.getHashSystem(),
                        token.getHashSystemAndValue(),
                        token.getHashValue(),
                        token.getSystem(),
                        token.getValue()));
        ResourceIndexedSearchParamDate date = vital.date();
        dates.add(
                false,
                resource,
                date.getHashIdentity(),
                timestamp(date.getValueHigh()),
                date.getValueHighDateOrdinal(),
                timestamp(date.getValueLow()),
                date.getValueLowDateOrdinal());
        vital.quantities()
                .forEach(quantity -> quantities.add(
                        false,
                        resource,
                        quantity.getHashIdentity(),
                        quantity.getHashIdentityAndUnits(),
                        quantity.getHashIdentitySystemAndUnits(),
                        quantity.getSystem(),
                        quantity.getUnits(),
                        quantity.getValue().doubleValue()));
        for (VitalIndex.Link link : vital.links()) {
            Target target = Objects.requireNonNull(targets.get(link.reference()));
            links.add(resource, link.path(), TYPE, typeNumber, target.row(), target.type(), target.typeNumber(), now);
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
