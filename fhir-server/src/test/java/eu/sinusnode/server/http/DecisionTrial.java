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
import eu.sinusnode.server.storage.Zone;
import java.time.Instant;
import java.time.LocalDate;
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
 * reads the Consents slowly. In some rounds the decision was asked before, with the Consents as drafts.
 *
 * <p>Each so many-th round is whole: who has exports alone has one, each record is read by its own request, one of them
 * alone and the others as a batch, also those whose type is closed to who asks, and each asker searches. In the others they
 * come by one {@code $everything} where there is one for who asks, else the open ones are read; and few search.
 */
final class DecisionTrial {

    private static final int CONSENTS = 3;
    private static final int SEARCHES = 3;
    /** As many as one {@code $consent-decision} takes. */
    private static final int RECORDS = 100;
    /** Each so many-th round is whole. */
    private static final int EACH = 20;

    private static final String EVERYTHING = "/Patient/%s/$everything?_count=200";
    private static final String STRANGER = Records.id("decisions-stranger");

    private final DecisionWorld world;
    private final ResearchDelivery research;
    private final Random random;
    private final List<Asker> askers;
    private final DrawnConsents drawn;
    private final Map<String, Map<CallerKind, String>> open = openTypes();
    private final SlowReference slowly = new SlowReference(Zone.OF_DATES);
    private final SlowResearch slowResearch = new SlowResearch(slowly);
    /** No two rounds have the same Consents, so that no pair is counted twice. */
    private final Set<String> drawnBefore = new HashSet<>();

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private int rounds;
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
        world.loadStay();
        LocalDate today = LocalDate.now(Zone.OF_DATES);
        // No period begins or ends near to today, so that no midnight matters.
        List<LocalDate> days = Stream.of(-400, -300, -200, -100, 100, 200, 300, 400)
                .map(today::plusDays)
                .toList();
        world.loadDrawn(RECORDS - world.records().size(), random, days, today);
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
                new Asker(CallerKind.ANALYSIS_JOB, Records.CENTRE, null, "CAREMGT"),
                new Asker(CallerKind.RESEARCHER, research.institute(), null, SlowResearch.PURPOSE));
        this.drawn = new DrawnConsents(random, words(days));
    }

    /**
     * What was seen.
     *
     * @param rounds each with other Consents
     * @param pairs of Consents and a request for a record that were compared, of types that are open to who asks; no two
     *     are the same
     * @param outcomes how many of them, by who asked and what came of it
     * @param found by searches, without rounds whose rules name authors or stays
     * @param searchable how many records of those types can be read
     */
    record Seen(int rounds, int pairs, Map<String, Integer> outcomes, int found, int searchable) {}

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

        boolean hasEverything() {
            return kind == CallerKind.CLINICIAN || kind == CallerKind.CLINIC_SYSTEM;
        }

        boolean searchesWhatItReads() {
            return hasEverything() || kind == CallerKind.INSURER;
        }

        Parameters ask() {
            return DecisionWorld.ask(organization, practitioner, purpose);
        }
    }

    /** @param atLeast how many pairs of Consents and a request for a record are compared */
    Seen run(int atLeast) {
        while (pairs < atLeast) {
            round(rounds % EACH == 0);
            rounds++;
        }
        return new Seen(rounds, pairs, Map.copyOf(outcomes), found, searchable);
    }

    private void round(boolean whole) {
        List<Asker> asking = asking(whole);
        List<Consent> consents = draw();
        List<Map<Asker, Map<String, String>>> told = new ArrayList<>();
        if (random.nextInt(whole ? 2 : 4) == 0) {
            told.add(explained(asking, consents));
        }
        store(consents);
        told.add(explained(asking, List.of()));
        List<Consent> named = consents.stream().map(this::withoutTeams).toList();
        for (Asker asker : asking) {
            Map<String, Boolean> given = given(asker, whole);
            given.forEach((path, isGiven) -> {
                String expected = expected(asker, path, named);
                assertThat(isGiven)
                        .as(() -> asker + " is given " + path + " by\n" + texts(consents))
                        .isEqualTo(!expected.equals("deny"));
                assertThat(told)
                        .as(() -> asker + " is explained and foretold " + path + " by\n" + texts(consents))
                        .allSatisfy(each -> assertThat(
                                        each.getOrDefault(asker, Map.of()).get(path))
                                .isEqualTo(expected));
                if (asker.isGivenExports() || isOpen(asker, path)) {
                    outcomes.merge(asker.kind() + " " + expected, 1, Integer::sum);
                    pairs++;
                }
            });
            if (asker.searchesWhatItReads() && (whole || random.nextInt(6) == 0)) {
                search(asker, given, consents);
            }
        }
    }

    /** Who reads record by record asks in some rounds alone: a read costs as much as ten records of {@code $everything}. */
    private List<Asker> asking(boolean whole) {
        return askers.stream()
                .filter(asker -> whole || asker.hasEverything() || !asker.isGivenExports() && random.nextInt(3) == 0)
                .toList();
    }

    private Map<String, Boolean> given(Asker asker, boolean whole) {
        if (asker.isGivenExports()) {
            return exported();
        }
        if (whole) {
            return read(asker, world.records().keySet());
        }
        return asker.hasEverything() ? everything(asker) : read(asker, open(asker));
    }

    private Set<String> open(Asker asker) {
        return world.records().keySet().stream()
                .filter(path -> isOpen(asker, path))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isOpen(Asker asker, String path) {
        return "200".equals(open.getOrDefault(type(path), Map.of()).get(asker.kind()));
    }

    private static String type(String path) {
        return path.substring(0, path.indexOf('/'));
    }

    private DrawnConsents.Words words(List<LocalDate> days) {
        return new DrawnConsents.Words(
                List.of(
                        "Organization/" + world.clinic(),
                        "Organization/" + world.insurer(),
                        "Organization/" + Records.CENTRE,
                        "Organization/" + research.institute(),
                        team()),
                List.of("Practitioner/" + Records.PRACTITIONER, "Practitioner/" + STRANGER),
                List.of("TREAT", "HPAYMT", "CAREMGT", SlowResearch.PURPOSE),
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
                days,
                List.of(
                        "Practitioner/" + Records.PRACTITIONER,
                        "Practitioner/" + STRANGER,
                        "Organization/" + world.clinic()),
                List.of("Encounter/" + world.id("stay"), "CarePlan/" + world.id("one-CarePlan")));
    }

    private List<Consent> draw() {
        List<Consent> consents = drawAny();
        while (!drawnBefore.add(texts(consents))) {
            consents = drawAny();
        }
        return consents;
    }

    /** In every third round: no search can be told of author and stay, so that these say nothing of how much is found. */
    private boolean withBonds() {
        return rounds % 3 == 2;
    }

    private List<Consent> drawAny() {
        ConsentCompiler compiler = new ConsentCompiler(Zone.OF_DATES);
        List<Consent> consents = new ArrayList<>();
        int active = 1 + random.nextInt(CONSENTS);
        while (consents.size() < CONSENTS) {
            Consent consent = world.consent("consent-" + consents.size());
            if (consents.size() < active) {
                drawn.fill(consent, withBonds() ? DrawnConsents.ALL_LIMITS_AND_BONDS : DrawnConsents.ALL_LIMITS);
                if (consents.isEmpty() && random.nextInt(3) > 0) {
                    // So that there is something to except from.
                    Consents.permit(consent, world.clinic(), Purpose.TREAT);
                    Consents.permit(consent, world.insurer(), Purpose.HPAYMT);
                    Consents.permit(consent, Records.CENTRE, Purpose.CAREMGT);
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

    /** @param named the Consents, in which each CareTeam is its Organizations */
    private String expected(Asker asker, String path, List<Consent> named) {
        DecisionWorld.Time time = world.times().get(path);
        SlowReference.Asked asked = new SlowReference.Asked(
                asker.actors(),
                asker.purpose(),
                type(path),
                path,
                world.records().getOrDefault(path, Set.of()),
                world.labels().getOrDefault(path, Set.of()),
                time == null ? null : time.low(),
                time == null ? null : time.high(),
                time != null,
                Instant.now(),
                world.authors(path),
                world.wholes(path));
        if (asker.isGivenExports()) {
            return slowResearch.masks(named, asked, false) ? "masked" : "deny";
        }
        return isOpen(asker, path) && slowly.permits(named, asked) ? "permit" : "deny";
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

    private Map<Asker, Map<String, String>> explained(List<Asker> asking, List<Consent> drafts) {
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        for (Asker asker : asking) {
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
        for (int i = 0; i < asking.size(); i++) {
            BundleEntryComponent answer = answers.get(i);
            assertThat(answer.getResponse().getStatus())
                    .as(() -> RunningServer.json((Resource) answer.getResponse().getOutcome()))
                    .startsWith("200");
            Map<String, String> byPath = new TreeMap<>();
            DecisionWorld.decisions((Parameters) answer.getResource())
                    .forEach(decision -> byPath.put(
                            DecisionWorld.part(decision, "resource"), DecisionWorld.part(decision, "outcome")));
            explained.put(asking.get(i), byPath);
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
    private Map<String, Boolean> read(Asker asker, Set<String> wanted) {
        List<String> paths = new ArrayList<>(wanted);
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

    /** By one request with its pages. Who may not have the Patient has nothing by it, and asks for each record. */
    private Map<String, Boolean> everything(Asker asker) {
        Set<String> came = new HashSet<>();
        String next = EVERYTHING.formatted(world.patient());
        while (next != null) {
            Answer answer = RunningServer.get(next, world.token(asker.kind()));
            if (answer.status() == 404 && came.isEmpty()) {
                Map<String, Boolean> read = read(asker, open(asker));
                assertThat(read).as("nothing by $everything").containsEntry("Patient/" + world.patient(), false);
                return read;
            }
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            Bundle page = answer.bundle();
            page.getEntry().stream()
                    .map(entry -> entry.getResource().fhirType() + "/"
                            + entry.getResource().getIdElement().getIdPart())
                    .forEach(came::add);
            next = page.getLink("next") == null ? null : page.getLink("next").getUrl();
        }
        Map<String, Boolean> given = new TreeMap<>();
        world.records().keySet().forEach(path -> given.put(path, came.contains(path)));
        return given;
    }

    private static boolean isGiven(String status) {
        assertThat(status).matches("(200|403|404) .*");
        return status.startsWith("200");
    }

    /** Finds nothing that cannot be read, and its total is of what it finds. */
    private void search(Asker asker, Map<String, Boolean> read, List<Consent> consents) {
        List<String> types = read.keySet().stream()
                .filter(path -> isOpen(asker, path))
                .map(DecisionTrial::type)
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
            if (!withBonds()) {
                found += inPage.size();
                searchable += readable.size();
            }
        }
    }

    private static void get(Bundle batch, String url) {
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl(url);
    }

    private static List<BundleEntryComponent> answers(Bundle batch, String token) {
        Answer answer = RunningServer.post("", token, batch);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<BundleEntryComponent> entries = answer.bundle().getEntry();
        assertThat(entries).hasSameSizeAs(batch.getEntry());
        return entries;
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
