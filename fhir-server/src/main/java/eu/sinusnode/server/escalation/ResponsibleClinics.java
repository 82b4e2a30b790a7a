package eu.sinusnode.server.escalation;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.residency.PractitionerDirectory;
import eu.sinusnode.server.careteam.ClinicView;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamParticipantComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the clinics of a patient's care teams who may be told, the longest there first, and who is responsible there. */
class ResponsibleClinics {

    private static final String TEAMS = """
            SELECT m.source::text, m.party::text FROM sinusnode.membership m
            WHERE m.patient = :patient AND m.relationship = 'CARE_TEAM' AND m.source_type = 'CareTeam'
                AND m.valid_from <= :at AND :at < m.valid_to
            GROUP BY m.source, m.party ORDER BY min(m.membership)
            """;

    private final JdbcClient jdbc;
    private final PermitDirectory permits;
    private final StoredRecords records;
    private final PractitionerDirectory practitioners;

    ResponsibleClinics(
            DataSource dataSource,
            PermitDirectory permits,
            StoredRecords records,
            PractitionerDirectory practitioners) {
        this.jdbc = JdbcClient.create(dataSource);
        this.permits = permits;
        this.records = records;
        this.practitioners = practitioners;
    }

    private record Membership(String careTeam, String organization) {}

    /** @param shown whether a clinic may have, for treatment and now, all that it would be told of */
    List<Responsible> of(UUID patient, Predicate<ClinicView> shown, Instant now) {
        List<Membership> teams = jdbc.sql(TEAMS)
                .param("patient", patient)
                .param("at", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Membership(row.getString(1), row.getString(2)))
                .list();
        return teams.stream()
                .filter(team -> shown.test(ClinicView.of(patient, team.organization(), permits, records, now)))
                .flatMap(team -> team(team, now).stream())
                .toList();
    }

    /**
     * Whoever is next at the one clinic that was asked, since no other one learns of it. Where the care team names nobody else,
     * the clinic as a whole is told again.
     *
     * @param asked ids of Organizations
     * @param owner of the Task at present, as {@code Type/[id]}; null when it is everybody's
     */
    Optional<String> nextAt(
            Set<String> asked, UUID patient, Predicate<ClinicView> shown, @Nullable String owner, Instant now) {
        return of(patient, clinic -> asked.contains(clinic.organization()) && shown.test(clinic), now).stream()
                .map(clinic -> clinic.next(owner).orElse(clinic.organization()))
                .findFirst();
    }

    private Optional<Responsible> team(Membership membership, Instant now) {
        String organization = "Organization/" + membership.organization();
        return records.current("CareTeam", membership.careTeam())
                .map(CareTeam.class::cast)
                .map(team -> new Responsible(
                        team.getParticipant().stream()
                                .filter(one -> isThere(one, organization, now))
                                .flatMap(one -> ResourceIds.referenced(one.getMember(), "Practitioner").stream())
                                .filter(practitioners::isActive)
                                .map(id -> "Practitioner/" + id)
                                .toList(),
                        organization));
    }

    private static boolean isThere(CareTeamParticipantComponent one, String organization, Instant now) {
        boolean own = !one.hasOnBehalfOf()
                || organization.equals(one.getOnBehalfOf()
                        .getReferenceElement()
                        .toUnqualifiedVersionless()
                        .getValue());
        return own
                && (!one.hasPeriod()
                        || Validity.of(one.getPeriod(), Validity.ZONE).contains(now));
    }
}
