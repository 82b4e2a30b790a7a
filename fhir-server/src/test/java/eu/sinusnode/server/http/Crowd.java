package eu.sinusnode.server.http;

import java.util.Collection;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * More patients than a search can name, without records, who are linked to an organization as a clinic and as an insurer and
 * permit it everything: they make its searches others.
 */
final class Crowd {

    private final JdbcTemplate database;
    private final String organization;

    Crowd(JdbcTemplate database, String organization) {
        this.database = database;
        this.organization = organization;
    }

    void gather() {
        leave();
        String people = " FROM generate_series(1, 320) n, unnest(ARRAY['TREAT', 'HPAYMT']) purpose";
        String person = "('20000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid";
        database.update(
                "INSERT INTO sinusnode.directive (patient, consent, consent_version, provision, effect, organization,"
                        + " purpose, valid_from, labels) SELECT " + person
                        + ", gen_random_uuid(), 1, 'population', 'p', ?::uuid, purpose, '2020-01-01Z', '{}'" + people,
                organization);
        database.update(
                "INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source, valid_from)"
                        + " SELECT " + person
                        + ", ?::uuid, CASE purpose WHEN 'TREAT' THEN 'CARE_TEAM' ELSE 'COVERAGE' END,"
                        + " 'population', gen_random_uuid(), '2020-01-01Z'" + people,
                organization);
    }

    /** The patients of {@link #insure} leave the insurer, too. */
    void leave() {
        database.update("DELETE FROM sinusnode.directive WHERE provision = 'population'");
        database.update("DELETE FROM sinusnode.membership WHERE source_type = 'population'");
    }

    /** Links patients to the organization as an insurer. */
    void insure(Collection<String> patients) {
        patients.forEach(patient -> database.update(
                "INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source, valid_from)"
                        + " VALUES (?::uuid, ?::uuid, 'COVERAGE', 'population', gen_random_uuid(), '2020-01-01Z')",
                patient,
                organization));
    }
}
