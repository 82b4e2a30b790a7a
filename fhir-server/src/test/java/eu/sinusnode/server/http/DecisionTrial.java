package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.DrawnConsents;
import eu.sinusnode.policy.consent.SlowReference;
import eu.sinusnode.policy.consent.SlowResearch;
import eu.sinusnode.server.projection.Consents;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Rounds about one patient: Consents are drawn and stored; then each record is read by each of those who ask, or exported
 * by who has exports alone, and that is compared with what {@code $consent-decision} says and with what somebody says who
 * reads the Consents slowly. In some rounds the decision was asked before, with the Consents as drafts; some of the reads
 * are sent alone, the others as a batch; and of some types it is searched.
 */
final class DecisionTrial {

    private static final int CONSENTS = 3;
    private static final int SEARCHES = 3;
    private static final String STRANGER = Records.id("decisions-stranger");

    private final DecisionWorld world;
    private final ResearchDelivery research;
    private final Random random;
    private final List<Asker> askers;
    private final DrawnConsents drawn;
    private final Map<String, Map<CallerKind, String>> open = openTypes();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private int pairs;
    private int found;
    private int searchable;

    /**
     * Loads the world.
     *
     * @param research of an institute that is this trial's alone
     */
    DecisionTrial(String name, long seed, ResearchDelivery research) {
        this.world = new DecisionWorld(name);
        this.research = research;
        this.random = new Random(seed);
        world.load();
        world.loadLabelled();
        research.isOld(world.records().keySet());
        Resource stranger = Records.practitioner();
        stranger.setId(STRANGER);
        RunningServer.load(Records.transaction(stranger));
        for (int i = 0; i < CONSENTS; i++) {
            RunningServer.load(Records.transaction(world.consent("consent-" + i)));
        }
        this.askers = List.of(
                new Asker(CallerKind.CLINIC_SYSTEM, world.clinic(), null, "TREAT"),
                new Asker(CallerKind.CLINICIAN, world.clinic(), Records.PRACTITIONER, "TREAT"),
                new Asker(CallerKind.INSURER, world.insurer(), null, "HPAYMT"),
                new Asker(CallerKind.RESEARCHER, research.institute(), null, SlowResearch.PURPOSE));
        this.drawn = new DrawnConsents(random, words());
    }

    /** What was seen: how many records were read, by who asked and whether it was permitted; and how much searches found. */
    record Seen(Map<String, Integer> outcomes, int found, int searchable) {}

    /** @param practitioner null of a system */
    private record Asker(
            CallerKind kind, String organization, @Nullable String practitioner, String purpose) {

        Set<String> actors() {
            return practitioner == null
                    ? Set.of("Organization/" + organization)
                    : Set.of("Organization/" + organization, "Practitioner/" + practitioner);
        }

        boolean isGivenExports() {
            return kind == CallerKind.RESEARCHER;
        }

        Parameters ask() {
            return DecisionWorld.ask(organization, practitioner, purpose);
        }
    }

    /** @param atLeast how many pairs of Consents and a read are tried */
    Seen run(int atLeast) {
        while (pairs < atLeast) {
            round();
        }
        return new Seen(Map.copyOf(outcomes), found, searchable);
    }

    private void round() {
        List<Consent> consents = draw();
        List<Map<Asker, Map<String, String>>> told = new ArrayList<>();
        if (random.nextBoolean()) {
            told.add(explained(consents));
        }
        store(consents);
        told.add(explained(List.of()));
        for (Asker asker : askers) {
            Map<String, Boolean> given = asker.isGivenExports() ? exported() : read(asker);
            for (String path : world.records().keySet()) {
                String expected = expected(asker, path, consents);
                assertThat(given.get(path))
                        .as(() -> asker + " is given " + path + " by\n" + texts(consents))
                        .isEqualTo(!expected.equals("deny"));
                assertThat(told)
                        .as(() -> asker + " is explained and foretold " + path + " by\n" + texts(consents))
                        .allSatisfy(each -> assertThat(
                                        each.getOrDefault(asker, Map.of()).get(path))
                                .isEqualTo(expected));
                outcomes.merge(asker.kind() + " " + expected, 1, Integer::sum);
                pairs++;
            }
            if (!asker.isGivenExports()) {
                search(asker, given, consents);
            }
        }
    }

    private DrawnConsents.Words words() {
        LocalDate today = LocalDate.now(ZoneId.of("UTC"));
        return new DrawnConsents.Words(
                List.of(
                        "Organization/" + world.clinic(),
                        "Organization/" + world.insurer(),
                        "Organization/" + research.institute(),
                        team()),
                List.of("Practitioner/" + Records.PRACTITIONER, "Practitioner/" + STRANGER),
                List.of("TREAT", "HPAYMT", SlowResearch.PURPOSE),
                List.of("Observation", "Condition", "MedicationRequest", "CarePlan", "Patient", "Device", "Bundle"),
                Stream.of(
                                DecisionWorld.HEART_RATE,
                                DecisionWorld.PULSE,
                                DecisionWorld.PRESSURE,
                                DecisionWorld.FIBRILLATION,
                                DecisionWorld.METOPROLOL)
                        .map(Code::ofToken)
                        .toList(),
                Stream.of(
                                DecisionWorld.CONFIDENTIALITY + "|N",
                                DecisionWorld.CONFIDENTIALITY + "|R",
                                DecisionWorld.CONFIDENTIALITY + "|V",
                                DecisionWorld.SENSITIVITY + "|HIV",
                                DecisionWorld.SENSITIVITY + "|PSY")
                        .map(Code::ofToken)
                        .toList(),
                List.copyOf(world.records().keySet()),
                // Far enough from today that no zone and no midnight matters.
                Stream.of(-400, -300, -200, -100, 100, 200, 300, 400)
                        .map(today::plusDays)
                        .toList());
    }

    private List<Consent> draw() {
        ConsentCompiler compiler = new ConsentCompiler(ZoneId.of("UTC"));
        List<Consent> consents = new ArrayList<>();
        int active = 1 + random.nextInt(CONSENTS);
        while (consents.size() < CONSENTS) {
            Consent consent = world.consent("consent-" + consents.size());
            if (consents.size() < active) {
                drawn.fill(consent, DrawnConsents.ALL_LIMITS);
                if (consents.isEmpty() && random.nextInt(3) > 0) {
                    // So that there is something to except from.
                    Consents.permit(consent, world.clinic(), Purpose.TREAT);
                    Consents.permit(consent, world.insurer(), Purpose.HPAYMT);
                    Consents.permit(consent, research.institute(), Purpose.HRESCH);
                }
                if (consent.getProvision().isEmpty()) {
                    // A root that says nothing denies; it is no element without a word.
                    consent.getProvision().setType(ConsentProvisionType.DENY);
                }
            } else {
                consent.setStatus(ConsentState.INACTIVE);
            }
            // What is drawn at random may say what can never apply; that is refused.
            if (compiler.compile(consent, 1) instanceof Compilation.Compiled) {
                consents.add(consent);
            }
        }
        return consents;
    }

    private void store(List<Consent> consents) {
        Answer stored = RunningServer.post(
                "",
                world.token(CallerKind.PATIENT),
                Records.transaction(consents.stream().map(Consent::copy).toArray(Resource[]::new)));
        assertThat(stored.status()).as(() -> stored.body() + texts(consents)).isEqualTo(200);
    }

    private String expected(Asker asker, String path, List<Consent> consents) {
        String type = path.substring(0, path.indexOf('/'));
        DecisionWorld.Time time = world.times().get(path);
        List<Consent> stored = consents.stream().map(this::withoutTeams).toList();
        SlowReference.Asked asked = new SlowReference.Asked(
                asker.actors(),
                asker.purpose(),
                type,
                path,
                world.records().getOrDefault(path, Set.of()),
                world.labels().getOrDefault(path, Set.of()),
                time == null ? null : time.low(),
                time == null ? null : time.high(),
                time != null,
                Instant.now());
        if (asker.isGivenExports()) {
            return SlowResearch.masks(stored, asked, false) ? "masked" : "deny";
        }
        boolean isOpen = "200".equals(open.getOrDefault(type, Map.of()).get(asker.kind()));
        return isOpen && SlowReference.permits(stored, asked) ? "permit" : "deny";
    }

    private String team() {
        return "CareTeam/" + world.id("team-mia");
    }

    /** To name a CareTeam is to name the Organizations in it, and in this one is the clinic alone. */
    private Consent withoutTeams(Consent consent) {
        Consent named = consent.copy();
        withoutTeams(named.getProvision());
        return named;
    }

    private void withoutTeams(ProvisionComponent provision) {
        provision.getActor().stream()
                .map(actor -> actor.getReference())
                .filter(reference -> team().equals(reference.getReference()))
                .forEach(reference -> reference.setReference("Organization/" + world.clinic()));
        provision.getProvision().forEach(this::withoutTeams);
    }

    private Map<Asker, Map<String, String>> explained(List<Consent> drafts) {
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        for (Asker asker : askers) {
            Parameters asked = DecisionWorld.about(asker.ask(), world.records().keySet());
            drafts.forEach(draft -> DecisionWorld.with(asked, draft.copy()));
            batch.addEntry()
                    .setResource(asked)
                    .getRequest()
                    .setMethod(HTTPVerb.POST)
                    .setUrl(world.path());
        }
        List<BundleEntryComponent> answers = answers(batch, world.token(CallerKind.PATIENT));
        Map<Asker, Map<String, String>> explained = new HashMap<>();
        for (int i = 0; i < askers.size(); i++) {
            BundleEntryComponent answer = answers.get(i);
            assertThat(answer.getResponse().getStatus())
                    .as(() -> RunningServer.json((Resource) answer.getResponse().getOutcome()))
                    .startsWith("200");
            Map<String, String> byPath = new TreeMap<>();
            DecisionWorld.decisions((Parameters) answer.getResource())
                    .forEach(decision -> byPath.put(
                            DecisionWorld.part(decision, "resource"), DecisionWorld.part(decision, "outcome")));
            explained.put(askers.get(i), byPath);
        }
        return explained;
    }

    /** Of each record, whether an export holds it; and nothing of the patient is in it beside. */
    private Map<String, Boolean> exported() {
        Set<String> names = research.exported();
        Map<String, Boolean> given = new TreeMap<>();
        world.records().keySet().forEach(path -> given.put(path, names.remove(research.name(path))));
        assertThat(names).as("of nobody else than this patient").isEmpty();
        return given;
    }

    /** One of them alone, the others as a batch. */
    private Map<String, Boolean> read(Asker asker) {
        List<String> paths = new ArrayList<>(world.records().keySet());
        String alone = paths.remove(random.nextInt(paths.size()));
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        paths.forEach(path -> get(batch, path));
        List<BundleEntryComponent> answers = answers(batch, world.token(asker.kind()));
        Map<String, Boolean> read = new TreeMap<>();
        for (int i = 0; i < paths.size(); i++) {
            read.put(paths.get(i), isGiven(answers.get(i).getResponse().getStatus()));
        }
        Answer single = RunningServer.get("/" + alone, world.token(asker.kind()));
        read.put(alone, isGiven(single.status() + " "));
        return read;
    }

    private static boolean isGiven(String status) {
        assertThat(status).matches("(200|403|404) .*");
        return status.startsWith("200");
    }

    /** Finds nothing that cannot be read, and its total is of what it finds. */
    private void search(Asker asker, Map<String, Boolean> read, List<Consent> consents) {
        List<String> types = read.keySet().stream()
                .map(path -> path.substring(0, path.indexOf('/')))
                .filter(type -> "200".equals(open.getOrDefault(type, Map.of()).get(asker.kind())))
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(types, random);
        types.subList(SEARCHES, types.size()).clear();
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        types.forEach(type -> get(
                batch,
                type + "?"
                        + switch (type) {
                            case "Patient" -> "_id=" + world.patient();
                            case "Coverage" -> "beneficiary=" + world.patient();
                            default -> "patient=" + world.patient();
                        }
                        + "&_total=accurate&_count=100"));
        List<BundleEntryComponent> answers = answers(batch, world.token(asker.kind()));
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            Set<String> readable = new TreeSet<>(read.keySet());
            readable.removeIf(path -> !path.startsWith(type + "/") || !Boolean.TRUE.equals(read.get(path)));
            assertThat(answers.get(i).getResponse().getStatus())
                    .as(asker + " searches " + type)
                    .startsWith("200");
            Bundle page = (Bundle) answers.get(i).getResource();
            Set<String> inPage = new HashSet<>();
            page.getEntry()
                    .forEach(entry -> inPage.add(
                            type + "/" + entry.getResource().getIdElement().getIdPart()));
            assertThat(readable)
                    .as(() -> asker + " searches " + type + " by\n" + texts(consents))
                    .containsAll(inPage);
            assertThat(page.getTotal()).as(asker + " counts " + type).isEqualTo(inPage.size());
            found += inPage.size();
            searchable += readable.size();
        }
    }

    private static void get(Bundle batch, String url) {
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(url);
    }

    private static List<BundleEntryComponent> answers(Bundle batch, String token) {
        Answer answer = RunningServer.post("", token, batch);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.bundle().getEntry()).hasSameSizeAs(batch.getEntry());
        return answer.bundle().getEntry();
    }

    private static String texts(List<Consent> consents) {
        return String.join("\n", consents.stream().map(RunningServer::json).toList());
    }

    /** By type, what somebody thought about who may read it. */
    private static Map<String, Map<CallerKind, String>> openTypes() {
        Map<String, Map<CallerKind, String>> types = new HashMap<>();
        Expectations.read().answers().forEach((row, answers) -> {
            if (row.how().equals("read")) {
                types.put(row.what(), answers);
            }
        });
        return types;
    }
}
