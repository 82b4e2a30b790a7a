package eu.sinusnode.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.fulltext.Prose;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.ReadableTokens;
import eu.sinusnode.server.http.Records;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** A client that writes without a pause until an answer does not come, or says that the server could not. */
final class Writer implements Callable<Integer> {

    private static final int VITALS_A_TRANSACTION = 6;

    private final KillableServer server;
    private final Ledger ledger;
    private final Random random;
    private final AtomicInteger acknowledged;
    private final AtomicBoolean enough;
    private final String token;

    /** @param acknowledged counts the requests of all writers */
    Writer(KillableServer server, Ledger ledger, Random random, AtomicInteger acknowledged, AtomicBoolean enough) {
        this.server = server;
        this.ledger = ledger;
        this.random = random;
        this.acknowledged = acknowledged;
        this.enough = enough;
        this.token = loader(server);
    }

    static String loader(KillableServer server) {
        return ReadableTokens.token(
                server.base(), CallerKind.ADMINISTRATOR, "loader", Map.of("organization", Records.CENTRE));
    }

    /** @return how many writes of records were acknowledged */
    @Override
    public Integer call() throws InterruptedException {
        int records = 0;
        while (!enough.get()) {
            int written = write();
            if (written == 0) {
                break;
            }
            records += written;
        }
        return records;
    }

    private int write() throws InterruptedException {
        int choice = random.nextInt(100);
        Optional<Known> vital = ledger.any(true, random);
        Optional<Known> condition = ledger.any(false, random);
        if (choice < 15) {
            return transaction(vital);
        } else if (choice < 35 && vital.isPresent()) {
            return put(measured(vital.get()));
        } else if (choice < 40 && vital.isPresent()) {
            return delete(vital.get());
        } else if (choice < 53 && condition.isPresent()) {
            return put(condition.get().attempt(ledger.newWord()));
        } else if (choice < 56 && condition.isPresent()) {
            return delete(condition.get());
        } else if (choice < 70) {
            return put(ledger.fresh("Condition").attempt(ledger.newWord()));
        }
        Known fresh = measured(ledger.fresh("Observation"));
        return send("POST", "/Observation", body(fresh), List.of(fresh));
    }

    /** New vitals, a new condition and an update, which stand and fall together. */
    private int transaction(Optional<Known> vital) throws InterruptedException {
        if (random.nextBoolean()) {
            return vitalsAlone();
        }
        List<Known> all = Stream.of(
                        IntStream.range(0, VITALS_A_TRANSACTION).mapToObj(i -> measured(ledger.fresh("Observation"))),
                        Stream.of(ledger.fresh("Condition").attempt(ledger.newWord())),
                        vital.stream().map(this::measured))
                .flatMap(each -> each)
                .toList();
        Resource[] resources = all.stream().map(this::resource).toArray(Resource[]::new);
        return send("POST", "", KillableServer.json(Records.transaction(resources)), all);
    }

    /** These go a way of their own through the server. */
    private int vitalsAlone() throws InterruptedException {
        List<Known> all = IntStream.range(0, VITALS_A_TRANSACTION)
                .mapToObj(i -> measured(ledger.fresh("Observation")))
                .toList();
        Resource[] resources = all.stream().map(this::resource).toArray(Resource[]::new);
        return send("POST", "", KillableServer.json(Records.transaction(resources)), all);
    }

    private int put(Known known) throws InterruptedException {
        return send("PUT", known.path(), body(known), List.of(known));
    }

    private int delete(Known known) throws InterruptedException {
        return send("DELETE", known.path(), "", List.of(known.attempt(null)));
    }

    private int send(String method, String path, String body, List<Known> attempted) throws InterruptedException {
        ledger.begin(attempted);
        HttpRequest request = server.request(path, token)
                .method(method, BodyPublishers.ofString(body))
                .build();
        Answer answer;
        try {
            answer = server.send(request);
        } catch (IOException gone) {
            return 0;
        }
        if (answer.status() >= 500) {
            return 0;
        }
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        if (!method.equals("DELETE")) {
            takeIds(path.isEmpty() ? locations(answer) : List.of(location(answer)), attempted);
        }
        ledger.acknowledge();
        acknowledged.incrementAndGet();
        return attempted.size();
    }

    private static List<String> locations(Answer answer) {
        return answer.bundle().getEntry().stream()
                .map(entry -> entry.getResponse().getLocation())
                .toList();
    }

    /** Of an update, the answer is the record itself. */
    private static String location(Answer answer) {
        return answer.header("Location").orElseGet(() -> answer.resource().getId());
    }

    /** What the server says that it has stored is what was attempted. */
    private static void takeIds(List<String> locations, List<Known> attempted) {
        assertThat(locations).hasSameSizeAs(attempted);
        for (int i = 0; i < attempted.size(); i++) {
            IdType location = new IdType(locations.get(i));
            Known known = attempted.get(i);
            if (known.id() == null) {
                known.found(location.getIdPart());
            }
            assertThat(location.getIdPart()).isEqualTo(known.id());
            assertThat(location.getVersionIdPart())
                    .as(known.toString())
                    .isEqualTo(Integer.toString(known.next().version()));
        }
    }

    /** Between 50 and 149 a minute, and another one than that of the version before. */
    private String newRate(Known known) {
        String before = known.acknowledged().value();
        int rate = before == null ? 50 : Integer.parseInt(before);
        return Integer.toString(50 + (rate - 50 + 1 + random.nextInt(99)) % 100);
    }

    private Known measured(Known known) {
        return known.attempt(newRate(known));
    }

    private String body(Known known) {
        return KillableServer.json(resource(known));
    }

    private Resource resource(Known known) {
        if (!known.isVital()) {
            Condition condition = Prose.condition(
                    String.valueOf(known.id()),
                    ledger.patient(),
                    String.valueOf(known.next().value()));
            condition.setId(known.id());
            return condition;
        }
        Observation vital = Records.heartRate(ledger.patient(), ledger.cuff(), known.identifier());
        vital.setId(known.id());
        vital.getValueQuantity().setValue(new BigDecimal(known.next().value()));
        return vital;
    }
}
