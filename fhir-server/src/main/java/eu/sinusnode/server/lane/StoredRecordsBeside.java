package eu.sinusnode.server.lane;

import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.RiskFlagCodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What the storage's indexes hold of patients: series of RR intervals and risk flags. A
 * flag is found by its identifier, which follows from patient and code; a patient may have a thousand other Observations.
 */
public final class StoredRecordsBeside implements RecordsBeside {

    private static final String SERIES = """
            SELECT DISTINCT r.patient::text, '%s' FROM sinusnode.reading_change r WHERE r.patient = ANY (?::uuid[])
            """.formatted(Codes.RR_INTERVAL_SERIES);

    private static final String FLAGS = """
            SELECT DISTINCT f.patient, '%s' FROM unnest(?::text[], ?::bigint[]) AS f (patient, hash)
            WHERE EXISTS (SELECT FROM hfj_spidx_token t WHERE t.hash_sys_and_value = f.hash)
            """.formatted(Codes.RISK_FLAG);

    private static final PartitionSettings ONE_PARTITION = new PartitionSettings();

    @Override
    public Map<String, Set<String>> of(Connection connection, Collection<String> patientIds) throws SQLException {
        Map<String, Set<String>> found = new HashMap<>();
        if (patientIds.isEmpty()) {
            return found;
        }
        UUID[] uuids = patientIds.stream().map(UUID::fromString).toArray(UUID[]::new);
        add(connection, SERIES, found, connection.createArrayOf("uuid", uuids));
        List<String> patients = new ArrayList<>();
        List<Long> hashes = new ArrayList<>();
        for (String patient : patientIds) {
            for (String code : RiskFlagCodes.ALL) {
                patients.add(patient);
                hashes.add(hash(code + "|" + patient));
            }
        }
        add(
                connection,
                FLAGS,
                found,
                connection.createArrayOf("text", patients.toArray()),
                connection.createArrayOf("bigint", hashes.toArray()));
        return found;
    }

    private static void add(Connection connection, String sql, Map<String, Set<String>> found, Object... arrays)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arrays.length; i++) {
                statement.setObject(i + 1, arrays[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(Objects.requireNonNull(row.getString(1)), patient -> new TreeSet<>())
                            .add(Objects.requireNonNull(row.getString(2)));
                }
            }
        }
    }

    /** As the storage indexes an Observation's identifier. */
    private static long hash(String identifier) {
        ResourceIndexedSearchParamToken token = new ResourceIndexedSearchParamToken(
                ONE_PARTITION, "Observation", "identifier", Canonicals.RISK_FLAG_IDENTIFIER, identifier);
        token.calculateHashes();
        return Objects.requireNonNull(token.getHashSystemAndValue());
    }
}
