package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.authorization.AuthorizationPolicy;
import eu.sinusnode.policy.disclosure.DisclosurePolicy;
import eu.sinusnode.policy.disclosure.Explanation;
import eu.sinusnode.policy.minimisation.Masking;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** Any Consents, any request, any record: what the compiled directives decide is what the Consents say. */
class ConsentsAgainstReferenceTest {

    private static final int CASES = 100_000;
    /** Records that are tried against the same Consents. */
    private static final int RECORDS_EACH = 10;

    private static final List<String> ORGANIZATIONS = List.of("Organization/a", "Organization/b");
    private static final List<String> PRACTITIONERS = List.of("Practitioner/x", "Practitioner/y");
    private static final List<String> PURPOSES = List.of("TREAT", "HPAYMT", "HOPERAT", SlowResearch.PURPOSE);
    private static final List<String> TYPES = List.of("Observation", "Condition", "Patient", "Bundle");
    /** The last one is of a system that does not leave for research. */
    private static final List<Code> CODES = List.of(
            new Code(Codes.LOINC, "8867-4"),
            new Code(Codes.ICD_10_GM, "I48.0"),
            new Code("https://clinic.example/codes", "1"));

    private static final List<Code> LABELS = List.of(
            new Code(Confidentiality.SYSTEM, "L"),
            new Code(Confidentiality.SYSTEM, "N"),
            new Code(Confidentiality.SYSTEM, "R"),
            new Code(Confidentiality.SYSTEM, "V"),
            new Code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HIV"));
    private static final List<String> AUTHORS = List.of("Practitioner/x", "Organization/a", "Device/d");
    private static final List<String> WHOLES = List.of("Encounter/e", "Encounter/f", "CarePlan/p");
    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
    private static final int DAYS = 8;

    private final Random random = new Random(20_261_127L);
    private final DrawnConsents drawn = new DrawnConsents(
            random,
            new DrawnConsents.Words(
                    ORGANIZATIONS,
                    PRACTITIONERS,
                    PURPOSES,
                    TYPES,
                    CODES,
                    LABELS,
                    TYPES.stream()
                            .flatMap(type -> IntStream.range(0, 3).mapToObj(number -> type + "/" + number))
                            .toList(),
                    IntStream.range(0, 2 * DAYS).mapToObj(FIRST_DAY::plusDays).toList(),
                    AUTHORS,
                    WHOLES));

    private final DirectiveCompiler compiler = new DirectiveCompiler(ZoneOffset.UTC);
    private final SlowReference slowly = new SlowReference(ZoneOffset.UTC);

    @Test
    void whatIsDecidedIsWhatTheConsentsSay() {
        int permitted = 0;
        int denied = 0;
        int compiled = 0;
        while (permitted + denied < CASES) {
            List<Consent> consents = new ArrayList<>();
            List<Directive> directives = new ArrayList<>();
            int most = 1 + random.nextInt(3);
            while (consents.size() < most) {
                Consent consent = consent(DrawnConsents.ALL_LIMITS_AND_BONDS);
                compiled++;
                // What is drawn at random may say what can never apply; that is refused.
                if (compiler.compile(consent, 1, name -> name) instanceof Compilation.Compiled made) {
                    consents.add(consent);
                    directives.addAll(made.directives());
                }
            }
            for (int i = 0; i < RECORDS_EACH; i++) {
                SlowReference.Asked asked = asked();
                boolean expected = slowly.permits(consents, asked);
                Ruling ruling = ConsentRules.decide(directives, request(asked), record(asked), asked.at());
                assertThat(ruling.isPermitted())
                        .as(() -> asked + "\n" + directives + "\n" + ruling)
                        .isEqualTo(expected);
                permitted += expected ? 1 : 0;
                denied += ruling.rule() == Ruling.Rule.DENIED ? 1 : 0;
                denied += ruling.rule() == Ruling.Rule.NOT_PERMITTED ? 1 : 0;
            }
        }
        assertThat(permitted).as("permitted of " + CASES).isGreaterThan(CASES / 20);
        assertThat(denied).as("denied of " + CASES).isGreaterThan(CASES / 20);
        assertThat(compiled).as("most Consents that are drawn are understood").isLessThan(CASES);
    }

    /** For research a record is masked or withheld; which of the two, an evaluator of its own says. */
    @Test
    void whatLeavesForResearchIsWhatTheConsentsAndTheTablesSay() {
        DisclosurePolicy disclosure =
                new DisclosurePolicy(new AuthorizationPolicy(AccessMatrix.standard()), RecordVisibility.standard());
        Masking masking = new Masking(FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC);
        Map<Explanation.Rule, Integer> rules = new EnumMap<>(Explanation.Rule.class);
        int tried = 0;
        int masked = 0;
        while (tried < CASES) {
            List<Consent> consents = new ArrayList<>();
            List<Directive> directives = new ArrayList<>();
            for (int most = 1 + random.nextInt(3); consents.size() < most; ) {
                Consent consent = consent(DrawnConsents.ALL_LIMITS_AND_BONDS);
                if (compiler.compile(consent, 1, name -> name) instanceof Compilation.Compiled made) {
                    consents.add(consent);
                    directives.addAll(made.directives());
                }
            }
            for (int i = 0; i < RECORDS_EACH; i++, tried++) {
                SlowReference.Asked asked = forResearch(asked());
                boolean unsigned = asked.type().equals("Observation") && random.nextInt(5) == 0;
                Explanation explained = disclosure.explain(
                        researcher(asked),
                        facts(asked, unsigned),
                        new Standing(World.ANNA, false, directives),
                        asked.at());
                if (explained.permitted() && masking.leavesNothingOf(resource(asked))) {
                    explained = explained.nothingLeft();
                }
                Explanation told = explained;
                assertThat(explained.permitted())
                        .as(() -> asked + " unsigned: " + unsigned + "\n" + directives + "\n" + told)
                        .isEqualTo(new SlowResearch(slowly).masks(consents, asked, unsigned));
                masked += explained.permitted() ? 1 : 0;
                rules.merge(explained.rule(), 1, Integer::sum);
            }
        }
        assertThat(masked).as("masked of " + CASES).isGreaterThan(CASES / 50);
        assertThat(rules)
                .as(rules::toString)
                .containsOnlyKeys(
                        Explanation.Rule.PERMITTED,
                        Explanation.Rule.DENIED,
                        Explanation.Rule.NOT_PERMITTED,
                        Explanation.Rule.NOT_OPEN,
                        Explanation.Rule.UNSIGNED,
                        Explanation.Rule.NOTHING_LEFT);
    }

    /** Of an institute, whose people do not act by themselves. */
    private SlowReference.Asked forResearch(SlowReference.Asked asked) {
        return new SlowReference.Asked(
                Set.of(one(ORGANIZATIONS)),
                SlowResearch.PURPOSE,
                asked.type(),
                asked.instance(),
                asked.codes(),
                asked.labels(),
                asked.low(),
                asked.high(),
                asked.dated(),
                asked.at(),
                asked.authors(),
                asked.wholes());
    }

    private static Caller researcher(SlowReference.Asked asked) {
        String organization = asked.actors().iterator().next();
        return Callers.caller(Callers.with(
                Callers.of(CallerKind.RESEARCHER),
                "organization",
                organization.substring(organization.indexOf('/') + 1)));
    }

    private static RecordFacts facts(SlowReference.Asked asked, boolean unsigned) {
        ConsentedRecord record = record(asked);
        return new RecordFacts(
                asked.type(),
                asked.instance().substring(asked.instance().indexOf('/') + 1),
                new Ownership.OfPatients(Set.of(World.ANNA)),
                Map.of("code", asked.codes()),
                record.labels(),
                record.time(),
                record.bonds(),
                unsigned);
    }

    private static Resource resource(SlowReference.Asked asked) {
        CodeableConcept concept = new CodeableConcept();
        asked.codes().stream()
                .map(ConsentsAgainstReferenceTest::code)
                .forEach(code -> concept.addCoding(new Coding(code.system(), code.code(), null)));
        Resource resource =
                switch (asked.type()) {
                    case "Observation" -> new Observation().setCode(concept);
                    case "Condition" -> new Condition().setCode(concept);
                    default -> new Patient();
                };
        resource.setId(asked.instance());
        return resource;
    }

    /**
     * What a search is told finds nothing that is not permitted, and nearly all that is; of rules by author or by what records
     * belong to, which no search can be told, perhaps less.
     */
    @Test
    void whatASearchReachesIsPermitted() {
        ConsentCompiler enforced = new ConsentCompiler(ZoneOffset.UTC);
        int reached = 0;
        int permitted = 0;
        for (int i = 0; i < 2 * CASES; i++) {
            boolean bonds = i >= CASES;
            List<Directive> directives = new ArrayList<>();
            for (int consents = 1 + random.nextInt(3); consents > 0; ) {
                Consent consent = consent(bonds ? DrawnConsents.ALL_LIMITS_AND_BONDS : DrawnConsents.ALL_LIMITS);
                if (enforced.compile(consent, 1) instanceof Compilation.Compiled made) {
                    directives.addAll(made.directives());
                    consents--;
                }
            }
            SlowReference.Asked asked = withWhatFollows(asked());
            ConsentedRecord stored = record(asked);
            ConsentedRecord record = new ConsentedRecord(
                    stored.resourceType(),
                    stored.instance(),
                    codes(stored),
                    stored.labels(),
                    tells(asked.type()).time() ? stored.time() : null,
                    stored.bonds());
            boolean decided = ConsentRules.decide(directives, request(asked), record, asked.at())
                    .isPermitted();
            boolean found = ConsentReach.of(directives, request(asked), asked.type(), tells(asked.type()), asked.at())
                    .filter(parts -> parts.stream().allMatch(part -> holds(part, record)))
                    .isPresent();
            assertThat(!found || decided).as(() -> asked + "\n" + directives).isTrue();
            assertThat(!decided || ConsentRules.permitSomething(directives, request(asked), asked.at()))
                    .as(() -> "nothing is permitted at all, and " + asked + " is by " + directives)
                    .isTrue();
            reached += found && !bonds ? 1 : 0;
            permitted += decided && !bonds ? 1 : 0;
        }
        assertThat(permitted).isGreaterThan(CASES / 50);
        assertThat(reached).as("of " + permitted).isGreaterThan(permitted * 8 / 10);
    }

    private static boolean holds(Reach.Part part, ConsentedRecord record) {
        if (part instanceof Reach.OfCodes of) {
            return !Collections.disjoint(of.codes(), record.codes());
        }
        if (part instanceof Reach.NotOfCodes not) {
            return !record.codes().isEmpty() && Collections.disjoint(not.codes(), record.codes());
        }
        if (part instanceof Reach.NotOfInstances not) {
            return !not.instances().contains(record.instance());
        }
        if (part instanceof Reach.OfLabels of) {
            return !Collections.disjoint(of.labels(), record.labels());
        }
        if (part instanceof Reach.NotOfLabels not) {
            return Collections.disjoint(not.labels(), record.labels());
        }
        if (part instanceof Reach.Within within) {
            return record.time() != null && within.period().contains(record.time());
        }
        if (part instanceof Reach.Outside outside) {
            return record.time() != null && outside.period().and(record.time()).isEmpty();
        }
        return ((Reach.OfInstances) part).instances().contains(record.instance());
    }

    private static ConsentReach.Tells tells(String type) {
        return new ConsentReach.Tells(
                ConsentPolicy.codeParameter(type).isPresent(),
                ConsentPolicy.timeParameter(type).isPresent());
    }

    private static Set<Code> codes(ConsentedRecord record) {
        return tells(record.resourceType()).codes() ? record.codes() : Set.of();
    }

    private static ConsentRequest request(SlowReference.Asked asked) {
        return new ConsentRequest(asked.actors(), Purpose.valueOf(asked.purpose()));
    }

    private static ConsentedRecord record(SlowReference.Asked asked) {
        return new ConsentedRecord(
                asked.type(),
                asked.instance(),
                asked.codes().stream().map(ConsentsAgainstReferenceTest::code).collect(Collectors.toSet()),
                asked.labels().stream().map(ConsentsAgainstReferenceTest::code).collect(Collectors.toSet()),
                asked.dated() ? new Validity(asked.low() == null ? Instant.MIN : asked.low(), asked.high()) : null,
                bonds(asked));
    }

    private static Code code(String token) {
        int bar = token.indexOf('|');
        return new Code(token.substring(0, bar), token.substring(bar + 1));
    }

    // Requests and records

    private SlowReference.Asked asked() {
        String type = one(TYPES);
        boolean dated = random.nextInt(5) > 0;
        int begin = random.nextInt(DAYS);
        return new SlowReference.Asked(
                random.nextBoolean() ? Set.of(one(ORGANIZATIONS)) : Set.of(one(ORGANIZATIONS), one(PRACTITIONERS)),
                one(PURPOSES),
                type,
                type + "/" + random.nextInt(3),
                some(CODES, 2).stream().map(Code::token).collect(Collectors.toSet()),
                some(LABELS, 2).stream().map(Code::token).collect(Collectors.toSet()),
                dated && random.nextInt(6) > 0 ? hour(begin, random.nextInt(24)) : null,
                dated && random.nextInt(6) > 0 ? hour(begin + random.nextInt(4), 24) : null,
                dated,
                hour(random.nextInt(DAYS), 12),
                authors(),
                some(List.of("Encounter/e", "Encounter/f", "CarePlan/p", "Encounter/?", "CarePlan/?"), 2));
    }

    /** Who tells nobody has an author untold. */
    private Set<String> authors() {
        Set<String> authors = some(List.of("Practitioner/x", "Practitioner/y", "Organization/a", "?"), 2);
        return authors.isEmpty() ? Set.of(SlowReference.UNTOLD) : authors;
    }

    private static Bonds bonds(SlowReference.Asked asked) {
        Set<String> authors = new HashSet<>(asked.authors());
        boolean tells = !authors.remove(SlowReference.UNTOLD);
        Set<String> wholes = new HashSet<>(asked.wholes());
        Set<String> tellsOf = new HashSet<>(Set.of("CarePlan", "Encounter"));
        tellsOf.removeIf(type -> wholes.remove(type + "/" + SlowReference.UNTOLD));
        return new Bonds(authors, tells, wholes, tellsOf);
    }

    private static Instant hour(int day, int hour) {
        return FIRST_DAY
                .plusDays(day)
                .atStartOfDay(ZoneOffset.UTC)
                .plusHours(hour)
                .toInstant();
    }

    /** As records are stored: the sensitive are restricted, and none is below the normal rank. */
    private static SlowReference.Asked withWhatFollows(SlowReference.Asked asked) {
        Set<Code> labels = asked.labels().stream()
                .map(ConsentsAgainstReferenceTest::code)
                .filter(label -> !Confidentiality.isBelowNormal(label))
                .collect(Collectors.toSet());
        return new SlowReference.Asked(
                asked.actors(),
                asked.purpose(),
                asked.type(),
                asked.instance(),
                asked.codes(),
                Sensitivity.withWhatFollows(labels).stream().map(Code::token).collect(Collectors.toSet()),
                asked.low(),
                asked.high(),
                asked.dated(),
                asked.at(),
                asked.authors(),
                asked.wholes());
    }

    private Consent consent(int kindsOfLimits) {
        Consent consent = Records.withId(Records.consent(World.ANNA), "c" + random.nextInt(1_000));
        drawn.fill(consent, kindsOfLimits);
        return consent;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> Set<T> some(List<T> of, int most) {
        Set<T> some = new HashSet<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            some.add(one(of));
        }
        return some;
    }
}
