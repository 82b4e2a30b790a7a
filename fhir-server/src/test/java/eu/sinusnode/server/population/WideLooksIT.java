package eu.sinusnode.server.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.policy.narrowing.WideRows;
import eu.sinusnode.policy.narrowing.WideSearch;
import eu.sinusnode.policy.pipeline.RequestPipeline;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import eu.sinusnode.server.projection.Consents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Patients who permit something come late among those found, behind what a first look sees. */
class WideLooksIT extends RunningServer {

    private static final String CLINIC = Records.id("looks-clinic");
    private static final int HIDDEN = 7;
    private static final int OPEN = 5;
    private static boolean loaded;

    @Autowired
    WideRows rows;

    @Autowired
    DataSource dataSource;

    @Autowired
    RequestPipeline pipeline;

    @BeforeEach
    void patients() {
        if (loaded) {
            return;
        }
        loaded = true;
        List<Resource> records = new ArrayList<>(List.of(Records.organization(CLINIC, "Looks")));
        for (int i = 0; i < HIDDEN + OPEN; i++) {
            Patient patient = Records.patient(id(i));
            patient.getNameFirstRep().setFamily("Fernblick");
            patient.getBirthDateElement().setValueAsString("19" + (50 + i) + "-01-01");
            records.add(patient);
            records.add(Records.careTeam(Records.id("looks-team-" + i), id(i), CLINIC));
            if (i >= HIDDEN) {
                Consent consent = WalkWorld.consent(Records.id("looks-consent-" + i), id(i));
                consent.getProvision().getProvision().clear();
                Consents.permit(consent, CLINIC, Purpose.TREAT);
                records.add(consent);
            }
        }
        load(Records.transaction(records.toArray(Resource[]::new)));
    }

    private static String id(int number) {
        return Records.id("looks-" + number);
    }

    private static List<String> open(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ids.add(id(HIDDEN + i));
        }
        return ids;
    }

    private List<String> found(List<Integer> looks, int count, @Nullable String after) {
        WideRecords records = new WideRecords(
                rows,
                pipeline.wideMatches(),
                new CurrentRecords(dataSource),
                pipeline.bulkDisclosure(),
                pipeline.scope(),
                50,
                100,
                looks);
        RequestDetails request = new SystemRequestDetails();
        CurrentCaller.set(
                request,
                new Caller(
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
                        Set.of()));
        WideSearch search = new WideSearch(
                new SearchRequest("Patient", Map.of("family", List.of("Fernblick"))),
                List.of(),
                List.of("birthdate"),
                count,
                after);
        IBundleProvider page = records.answer(search, request);
        return page.getAllResources().stream()
                .map(resource -> resource.getIdElement().getIdPart())
                .toList();
    }

    @Test
    void whatTheFirstLookDoesNotSeeTheNextOneDoes() {
        for (List<Integer> looks : List.of(List.of(100), List.of(3, 100), List.of(9, 100), List.of(1, 2, 8, 100))) {
            assertThat(found(looks, 2, null)).as("looks %s", looks).isEqualTo(open(0, 2));
            assertThat(found(looks, 3, id(HIDDEN + 1))).as("looks %s", looks).isEqualTo(open(2, 5));
            assertThat(found(looks, 50, null)).as("looks %s", looks).isEqualTo(open(0, 5));
            assertThat(found(looks, 50, id(HIDDEN + 4))).as("looks %s", looks).isEmpty();
        }
    }

    @Test
    void aPageGoesOnBehindTheLastOfThoseWhichAreStillFound() {
        assertThat(found(List.of(3, 100), 2, id(HIDDEN + 1) + "~" + Records.id("looks-gone")))
                .isEqualTo(open(2, 4));
        assertThatThrownBy(() -> found(List.of(3, 100), 2, Records.id("looks-gone")))
                .hasMessageContaining("search again");
    }

    @Test
    void whatWouldTakeMoreLooksIsRefusedAndNeverAPartOfIt() {
        assertThatThrownBy(() -> found(List.of(3, 9), 4, null)).hasMessageContaining("SN-SEARCH-002");
        assertThat(found(List.of(3, 10), 2, null)).isEqualTo(open(0, 2));
    }
}
