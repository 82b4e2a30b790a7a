package eu.sinusnode.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.durability.Known.State;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.ReadableTokens;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** Compares what the patient finds, by every way there is, with what a ledger says was acknowledged. */
final class Inspection {

    private static final int READS_A_BATCH = 100;
    private static final int IDENTIFIERS_A_SEARCH = 25;
    private static final int WORDS_A_SEARCH = 25;
    private static final Duration CATCH_UP = Duration.ofSeconds(60);

    private final KillableServer server;
    private final Ledger ledger;
    private final String token;

    Inspection(KillableServer server, Ledger ledger) {
        this.server = server;
        this.ledger = ledger;
        this.token = ReadableTokens.token(
                server.base(),
                CallerKind.PATIENT,
                "app",
                Map.of("patient", ledger.patient(), "fhirUser", "Patient/" + ledger.patient()));
    }

    /**
     * What was under way when the answer failed to come is there as a whole or not at all; from here on the ledger knows.
     *
     * @return how many writes were there although nobody was told
     */
    int settle() throws Exception {
        List<Known> underWay = ledger.underWay();
        List<Known> there = new ArrayList<>();
        for (Known known : underWay) {
            State found = find(known);
            assertThat(found).as(known.toString()).isIn(known.acknowledged(), known.next());
            if (found.equals(known.next())) {
                there.add(known);
            }
        }
        assertThat(there.size()).as("of what was written together").isIn(0, underWay.size());
        if (there.isEmpty()) {
            ledger.forget();
        } else {
            ledger.acknowledge();
        }
        return there.size();
    }

    void demand(List<Known> records, List<String> oldWords) throws Exception {
        reads(records.stream().filter(known -> known.id() != null).toList());
        searches(records.stream().filter(Known::isVital).toList());
        words(records.stream().filter(known -> !known.isVital()).toList(), oldWords);
        fastLane();
    }

    private State find(Known known) throws Exception {
        if (known.id() == null) {
            List<Resource> found = search("/Observation?patient=" + ledger.patient() + "&identifier="
                    + encoded(Canonicals.VITAL_IDENTIFIER + "|" + known.identifier()));
            assertThat(found).hasSizeLessThan(2);
            if (found.isEmpty()) {
                return State.ABSENT;
            }
            known.found(found.get(0).getIdElement().getIdPart());
        }
        Answer answer = get(known.path());
        return switch (answer.status()) {
            case 200 -> state(answer.resource());
            case 404 -> State.ABSENT;
            case 410 -> known.next();
            default -> throw new AssertionError(answer.body());
        };
    }

    private void reads(List<Known> records) throws Exception {
        for (List<Known> some : chunks(records, READS_A_BATCH)) {
            Bundle batch = new Bundle().setType(BundleType.BATCH);
            some.forEach(known -> batch.addEntry()
                    .getRequest()
                    .setMethod(HTTPVerb.GET)
                    .setUrl(known.path().substring(1)));
            List<BundleEntryComponent> entries = post(batch).bundle().getEntry();
            assertThat(entries).hasSameSizeAs(some);
            for (int i = 0; i < some.size(); i++) {
                Known known = some.get(i);
                BundleEntryComponent entry = entries.get(i);
                String status = entry.getResponse().getStatus();
                if (known.isPresent()) {
                    assertThat(status).as(known.toString()).startsWith("200");
                    assertThat(state(entry.getResource())).as(known.toString()).isEqualTo(known.acknowledged());
                } else {
                    assertThat(status)
                            .as(known.toString())
                            .startsWith(known.acknowledged().equals(State.ABSENT) ? "404" : "410");
                }
            }
        }
    }

    private void searches(List<Known> vitals) throws Exception {
        for (List<Known> some : chunks(vitals, IDENTIFIERS_A_SEARCH)) {
            String identifiers = some.stream()
                    .map(known -> Canonicals.VITAL_IDENTIFIER + "|" + known.identifier())
                    .collect(Collectors.joining(","));
            List<Resource> found = search("/Observation?patient=" + ledger.patient() + "&code="
                    + encoded("http://loinc.org|8867-4") + "&_count=100&identifier=" + encoded(identifiers));
            assertThat(found.stream().map(Inspection::line).toList())
                    .as("by patient, code and identifier")
                    .containsExactlyInAnyOrderElementsOf(lines(some));
        }
    }

    private void words(List<Known> conditions, List<String> oldWords) throws Exception {
        for (List<Known> some :
                chunks(conditions.stream().filter(Known::isPresent).toList(), WORDS_A_SEARCH)) {
            List<String> words =
                    some.stream().map(known -> known.acknowledged().value()).toList();
            assertThat(wordSearch(words)).as("by words").containsExactlyInAnyOrderElementsOf(lines(some));
        }
        for (List<String> some : chunks(oldWords, WORDS_A_SEARCH)) {
            assertThat(wordSearch(some)).as("by words that are gone").isEmpty();
        }
    }

    private List<String> wordSearch(List<String> words) throws Exception {
        return search("/Condition?patient=" + ledger.patient() + "&_count=100&_content="
                        + encoded(String.join(" OR ", words)))
                .stream()
                .map(Inspection::line)
                .toList();
    }

    /** All rows of the patient, of every kill before this one too: none is missing, none is there twice or too many. */
    private void fastLane() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT observation, version, value FROM sinusnode.vital_reading WHERE patient = ?::uuid")) {
            statement.setString(1, ledger.patient());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(row.getString(1) + " " + new State(row.getInt(2), Integer.toString(row.getInt(3))));
                }
            }
        }
        assertThat(rows)
                .as("vital_reading")
                .containsExactlyInAnyOrderElementsOf(
                        lines(ledger.records().stream().filter(Known::isVital).toList()));
    }

    private static List<String> lines(Collection<Known> records) {
        return records.stream()
                .filter(Known::isPresent)
                .map(known -> known.id() + " " + known.acknowledged())
                .toList();
    }

    private static String line(Resource resource) {
        return resource.getIdElement().getIdPart() + " " + state(resource);
    }

    private static State state(Resource resource) {
        int version = Integer.parseInt(resource.getMeta().getVersionId());
        return resource instanceof Observation vital
                ? new State(version, vital.getValueQuantity().getValue().toPlainString())
                : new State(version, ((Condition) resource).getNoteFirstRep().getText());
    }

    private List<Resource> search(String path) throws Exception {
        Answer answer = get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Bundle page = answer.bundle();
        assertThat(page.getLink("next")).as("one page has all").isNull();
        return page.getEntry().stream().map(BundleEntryComponent::getResource).toList();
    }

    private Answer post(Bundle batch) throws IOException, InterruptedException {
        Answer answer = server.send(server.request("", token)
                .POST(BodyPublishers.ofString(KillableServer.json(batch)))
                .build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** An index that is still made anew answers 503, which means: come again. */
    private Answer get(String path) throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(CATCH_UP);
        while (true) {
            Answer answer = server.send(server.request(path, token).GET().build());
            if (answer.status() != 503 || Instant.now().isAfter(latest)) {
                return answer;
            }
            Thread.sleep(200);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static <T> List<List<T>> chunks(List<T> all, int size) {
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            chunks.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return chunks;
    }
}
