package eu.sinusnode.server.http;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * More patients than a search can name, without records, who are linked to organizations as clinics and as insurers and
 * permit them everything: they make their searches others.
 */
public final class Crowd {

    private final JdbcTemplate database;
    private final List<String> organizations;

    public Crowd(JdbcTemplate database, String... organizations) {
        this.database = database;
        this.organizations = List.of(organizations);
    }

    public void gather() {
        leave();
        organizations.forEach(this::gather);
    }

    private void gather(String organization) {
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
    public void leave() {
        database.update("DELETE FROM sinusnode.directive WHERE provision = 'population'");
        database.update("DELETE FROM sinusnode.membership WHERE source_type = 'population'");
    }

    /** Links patients to the organizations as insurers. */
    void insure(Collection<String> patients) {
        organizations.forEach(organization -> patients.forEach(patient -> insure(patient, organization)));
    }

    private void insure(String patient, String organization) {
        database.update(
                "INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source, valid_from)"
                        + " VALUES (?::uuid, ?::uuid, 'COVERAGE', 'population', gen_random_uuid(), '2020-01-01Z')",
                patient,
                organization);
    }
}
