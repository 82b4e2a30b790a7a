package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Bond;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Directive.Effect;
import eu.sinusnode.policy.consent.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A directive as a row of {@code sinusnode.directive}. */
final class DirectiveRow {

    /** Of the table under the name {@code p}. */
    static final String COLUMNS = "p.patient, p.consent, p.consent_version, p.provision, p.effect, p.organization,"
            + " p.practitioner, p.purpose, p.resource_type, p.code_system, p.code, p.labels, p.instance,"
            + " p.bond_kind, p.bond_to, p.data_from, p.data_to, p.valid_from, p.valid_to";

    static final String INSERT = """
            INSERT INTO sinusnode.directive (patient, consent, consent_version, provision, effect, organization,
                practitioner, purpose, resource_type, code_system, code, labels, instance, bond_kind, bond_to,
                data_from, data_to, valid_from, valid_to)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    static final String INSERT_OF_TEAM = """
            INSERT INTO sinusnode.team_directive (patient, consent, consent_version, provision, effect, care_team,
                purpose, resource_type, code_system, code, labels, instance, bond_kind, bond_to, data_from, data_to, valid_from,
                valid_to)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String AUTHORED_BY = "a";
    private static final String RELATED = "r";
    private static final String CARE_TEAM = "CareTeam/";
    private static final String ORGANIZATION = "Organization/";
    private static final String PRACTITIONER = "Practitioner/";

    private DirectiveRow() {}

    static @Nullable Object[] values(UUID consent, Directive directive) {
        return values(consent, directive, actor(directive, ORGANIZATION), actor(directive, PRACTITIONER));
    }

    static @Nullable Object[] valuesOfTeam(UUID consent, Directive directive) {
        return values(consent, directive, actor(directive, CARE_TEAM));
    }

    private static @Nullable Object[] values(UUID consent, Directive directive, @Nullable UUID... actors) {
        Target target = directive.target();
        Code code = target.code();
        Bond bond = target.bond();
        eu.sinusnode.policy.consent.Validity time = target.dataPeriod();
        List<@Nullable Object> values = new ArrayList<>(Arrays.<@Nullable Object>asList(
                ResourceIds.require("the Consent's Patient", directive.patientId()),
                consent,
                directive.consentVersion(),
                directive.provision(),
                directive.permits() ? "p" : "d"));
        values.addAll(Arrays.asList(actors));
        values.addAll(Arrays.<@Nullable Object>asList(
                directive.purpose() == null ? null : directive.purpose().name(),
                target.resourceType(),
                code == null ? null : code.system(),
                code == null ? null : code.code(),
                target.labels().stream().map(Code::token).toArray(String[]::new),
                target.instance(),
                bond == null ? null : bond.kind() == Bond.Kind.AUTHORED_BY ? AUTHORED_BY : RELATED,
                bond == null ? null : bond.to(),
                time == null ? null : Validity.from(time.from()),
                time == null ? null : Validity.to(time.to()),
                Validity.from(directive.validity().from()),
                Validity.to(directive.validity().to())));
        return values.toArray();
    }

    private static @Nullable UUID actor(Directive directive, String kind) {
        String actor = directive.actor();
        return actor == null || !actor.startsWith(kind)
                ? null
                : ResourceIds.require("the Consent's actor", actor.substring(kind.length()));
    }

    static Directive read(ResultSet row) throws SQLException {
        String organization = row.getString("organization");
        String practitioner = row.getString("practitioner");
        String purpose = row.getString("purpose");
        String codeSystem = row.getString("code_system");
        String code = row.getString("code");
        return new Directive(
                text(row, "effect").equals("p") ? Effect.PERMIT : Effect.DENY,
                text(row, "patient"),
                text(row, "consent"),
                row.getLong("consent_version"),
                text(row, "provision"),
                organization != null
                        ? ORGANIZATION + organization
                        : practitioner == null ? null : PRACTITIONER + practitioner,
                purpose == null ? null : Purpose.valueOf(purpose),
                new Target(
                        row.getString("resource_type"),
                        codeSystem == null || code == null ? null : new Code(codeSystem, code),
                        labels(row),
                        dataPeriod(row),
                        row.getString("instance"),
                        bond(row)),
                new eu.sinusnode.policy.consent.Validity(
                        Validity.readFrom(instant(row, "valid_from")), Validity.readTo(instant(row, "valid_to"))));
    }

    private static eu.sinusnode.policy.consent.@Nullable Validity dataPeriod(ResultSet row) throws SQLException {
        OffsetDateTime from = row.getObject("data_from", OffsetDateTime.class);
        return from == null
                ? null
                : new eu.sinusnode.policy.consent.Validity(
                        Validity.readFrom(from), Validity.readTo(instant(row, "data_to")));
    }

    private static @Nullable Bond bond(ResultSet row) throws SQLException {
        String to = row.getString("bond_to");
        return to == null
                ? null
                : new Bond(text(row, "bond_kind").equals(AUTHORED_BY) ? Bond.Kind.AUTHORED_BY : Bond.Kind.RELATED, to);
    }

    private static Set<Code> labels(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("labels").getArray())
                .map(Code::ofToken)
                .collect(Collectors.toSet());
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static OffsetDateTime instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column);
    }
}
