package eu.sinusnode.server.population;

/**
 * What the caller may see, as a condition in SQL on an Observation {@code c (at, patient, observation, loinc)}. It is never
 * stricter than {@link eu.sinusnode.policy.consent.ConsentRules}: it leaves out patients who are not linked, records that
 * no permit is about, and those that a deny is about which nothing could be more specific than. What is left is decided
 * by those rules.
 *
 * <p>Where an Observation's time begins is known to the day: of a date without a time the storage's own zone says when it
 * begins. A permit of some time is taken a day wider here, a deny a day narrower.
 *
 * <p>Each condition is a scalar query with a limit, which the planner asks row by row. As {@code EXISTS} it might choose to
 * read the permits of all patients first.
 */
final class PermitSql {

    private static final String HOLDS = ".valid_from <= :at AND :at < %1$s.valid_to";

    private static final String OF_CALLER = "p.organization = :organization AND p.purpose = :purpose"
            + " AND p.effect = 'p' AND p" + HOLDS.formatted("p");

    private static final String LINKED = """
            (SELECT TRUE FROM sinusnode.membership m WHERE m.party = :organization AND m.relationship = :relationship
                AND m.patient = c.patient AND m.valid_from <= :at AND :at < m.valid_to LIMIT 1)
            """;

    /** A permit of another code may be about it, since an Observation carries several; of vital codes the readings know. */
    private static final String PERMITTED = """
            (SELECT TRUE FROM sinusnode.directive_in_force p WHERE p.patient = c.patient AND %s
                AND (p.resource_type IS NULL OR p.resource_type = 'Observation')
                AND (p.instance IS NULL OR p.instance = 'Observation/' || c.observation)
                AND (p.data_from IS NULL
                    OR c.at >= p.data_from - INTERVAL '1 day' AND c.at < p.data_to + INTERVAL '1 day')
                AND (p.code IS NULL OR p.code_system <> :loinc OR p.code = c.loinc
                    OR NOT EXISTS (SELECT FROM sinusnode.vital_code k WHERE k.observation_code = p.code)
                    OR EXISTS (SELECT FROM sinusnode.vital_code k JOIN sinusnode.vital_reading o ON o.code = k.code
                        WHERE k.observation_code = p.code AND o.observation = c.observation)
                    OR EXISTS (SELECT FROM sinusnode.vital_code k
                        JOIN sinusnode.vital_without_reading o ON o.code = k.code
                        WHERE k.observation_code = p.code AND o.observation = c.observation))
                LIMIT 1)
            """.formatted(OF_CALLER);

    /**
     * A deny wins surely if it is about the record, and no permit of the patient limits itself to any records: such a
     * permit is more specific than a deny only if that is about all records too, and about more callers or purposes.
     */
    private static final String DENIED = """
            (SELECT TRUE FROM sinusnode.directive d WHERE d.patient = c.patient AND d.effect = 'd'
                AND (d.organization = :organization OR d.organization IS NULL AND d.practitioner IS NULL)
                AND (d.purpose = :purpose OR d.purpose IS NULL)
                AND d.valid_from <= :at AND :at < d.valid_to
                AND (d.resource_type IS NULL OR d.resource_type = 'Observation')
                AND (d.code IS NULL OR d.code_system = :loinc AND d.code = c.loinc)
                AND d.labels = '{}' AND d.instance IS NULL AND d.bond_to IS NULL
                AND (d.data_from IS NULL
                    OR c.at >= d.data_from + INTERVAL '1 day' AND c.at < d.data_to - INTERVAL '1 day')
                AND (d.resource_type IS NOT NULL OR d.code IS NOT NULL OR d.data_from IS NOT NULL
                    OR d.organization IS NOT NULL AND d.purpose IS NOT NULL)
                AND NOT EXISTS (SELECT FROM sinusnode.directive_in_force p WHERE p.patient = c.patient AND %s
                    AND (p.resource_type IS NOT NULL OR p.code IS NOT NULL OR p.instance IS NOT NULL
                        OR p.bond_to IS NOT NULL OR p.data_from IS NOT NULL OR p.labels <> '{}'))
                LIMIT 1)
            """.formatted(OF_CALLER);

    private PermitSql() {}

    /**
     * Of one record {@code c}. The permit is asked first, since few may have one: the planner, which takes all conditions for
     * as selective as each other, would ask the cheapest first, and that is the link that all patients have.
     */
    static String ofRecord(boolean linked) {
        return "CASE WHEN " + PERMITTED + " THEN " + (linked ? LINKED + " AND " : "") + DENIED
                + " IS NULL ELSE FALSE END";
    }

    /** The patients of whom any record could be permitted. */
    static String patients(boolean linked) {
        return "SELECT DISTINCT p.patient FROM sinusnode.directive_in_force p WHERE " + OF_CALLER
                + (linked ? " AND " + LINKED.replace("c.patient", "p.patient") : "");
    }
}
