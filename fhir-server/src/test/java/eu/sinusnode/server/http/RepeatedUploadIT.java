package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.features.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/** A vital that is sent again is stored once, whether or not its sender thought of a condition. */
class RepeatedUploadIT extends RunningServer {

    @Test
    void theSameVitalPostedTwiceIsStoredOnce() {
        String uma = household("uma");
        Answer first = post("/Observation", TOKENS.patient(uma), vital("uma", "uma-1"));
        long stored = stored("Observation");

        Answer again = post("/Observation", TOKENS.patient(uma), vital("uma", "uma-1"));

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(stored("Observation")).isEqualTo(stored);
    }

    @Test
    @Covers("http.html#transaction")
    void aTransactionSentTwiceIsStoredOnce() {
        household("vera");
        Observation one = vital("vera", "vera-1");
        Observation two = vital("vera", "vera-2");
        String loader = TOKENS.loader();
        assertThat(post("", loader, Records.transaction(one, two)).status()).isEqualTo(200);
        long stored = stored("Observation");

        Answer again = post("", loader, Records.transaction(one, two, vital("vera", "vera-3")));

        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.bundle().getEntry())
                .extracting(entry -> entry.getResponse().getStatus().substring(0, 3))
                .containsExactly("200", "200", "201");
        assertThat(stored("Observation")).isEqualTo(stored + 1);
    }

    @Test
    void anotherPatientMayUseTheSameIdentifier() {
        String wanda = household("wanda");
        String xenia = household("xenia");
        assertThat(post("/Observation", TOKENS.patient(wanda), vital("wanda", "shared"))
                        .status())
                .isEqualTo(201);

        assertThat(post("/Observation", TOKENS.patient(xenia), vital("xenia", "shared"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void oneBundleWithOneVitalTwiceIsTold() {
        household("yara");

        Answer answer = post("", TOKENS.loader(), Records.transaction(vital("yara", "twice"), vital("yara", "twice")));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.outcome().getIssueFirstRep().getDiagnostics()).contains("identifier");
    }

    @Test
    void simultaneousUploadsStoreOne() throws Exception {
        String zoe = household("zoe");
        String token = TOKENS.patient(zoe);
        long stored = stored("Observation");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<Answer> upload = () -> post("/Observation", token, vital("zoe", "at-once"));
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> answer : pool.invokeAll(List.of(upload, upload, upload, upload))) {
                statuses.add(answer.get().status());
            }
            assertThat(statuses).contains(201).allMatch(status -> status == 200 || status == 201 || status == 409);
        } finally {
            pool.shutdownNow();
        }
        assertThat(stored("Observation")).isEqualTo(stored + 1);
        assertThat(post("/Observation", token, vital("zoe", "at-once")).status())
                .isEqualTo(200);
    }

    private static String household(String name) {
        load(Records.household(name));
        return Records.id(name);
    }

    private static Observation vital(String name, String identifier) {
        return Records.heartRate(Records.id(name), Records.id(name + "-cuff"), identifier);
    }
}
