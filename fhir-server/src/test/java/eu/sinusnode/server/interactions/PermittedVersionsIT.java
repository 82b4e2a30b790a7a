package eu.sinusnode.server.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import eu.sinusnode.server.interactions.VersionTable.Version;
import eu.sinusnode.server.population.PermittedRows;
import eu.sinusnode.server.projection.Consents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The walk along everybody's versions: Patients who permit something lie behind others who permit nothing. */
class PermittedVersionsIT extends RunningServer {

    private static final String CLINIC = Records.id("versions-walk-clinic");
    private static final int OPEN = 3;
    private static final int HIDDEN = 6;
    private static Instant began = Instant.EPOCH;

    @Autowired
    DataSource dataSource;

    @BeforeEach
    void patients() {
        if (!began.equals(Instant.EPOCH)) {
            return;
        }
        began = Instant.now().minusMillis(1);
        load(Records.transaction(Records.organization(CLINIC, "Walk")));
        for (int i = 0; i < OPEN + HIDDEN; i++) {
            List<Resource> records = new ArrayList<>(
                    List.of(Records.patient(id(i)), Records.careTeam(Records.id("walk-team-" + i), id(i), CLINIC)));
            if (i < OPEN) {
                Consent consent = WalkWorld.consent(Records.id("walk-consent-" + i), id(i));
                consent.getProvision().getProvision().clear();
                Consents.permit(consent, CLINIC, Purpose.TREAT);
                records.add(consent);
            }
            load(Records.transaction(records.toArray(Resource[]::new)));
        }
    }

    private static String id(int number) {
        return Records.id("versions-walk-" + number);
    }

    private Optional<List<String>> walk(int atOnce, int mostLookedAt, int wanted) {
        Caller caller = new Caller(
                CallerKind.CLINIC_SYSTEM,
                "clinic-system",
                "clinic-system",
                "token",
                CLINIC,
                "DE",
                null,
                Purpose.TREAT,
                null,
                null,
                Scopes.parse("system/Patient.rs"),
                Set.of());
        return new PermittedVersions(new VersionTable(dataSource), new PermittedRows(dataSource), atOnce, mostLookedAt)
                .walk("Patient", new HistoryWindow(began, null, null), caller, Instant.now())
                .next(null, wanted)
                .map(versions ->
                        versions.stream().map(Version::key).map(VersionKey::id).toList());
    }

    @Test
    void theyAreFoundBehindOthersHoweverManyAreLookedAtAtOnce() {
        for (int atOnce : List.of(1, 2, 3, 7, 100)) {
            assertThat(walk(atOnce, 100, 10)).as("%d at once", atOnce).contains(List.of(id(2), id(1), id(0)));
            assertThat(walk(atOnce, 100, 2)).as("%d at once", atOnce).contains(List.of(id(2), id(1)));
        }
    }

    @Test
    void whatLiesBehindMoreThanIsLookedAtIsNeverLeftOut() {
        assertThat(walk(1, HIDDEN, 1)).isEmpty();
        assertThat(walk(1, HIDDEN + 1, 1)).contains(List.of(id(2)));
        assertThat(walk(1, HIDDEN + 1, 2)).isEmpty();
    }
}
