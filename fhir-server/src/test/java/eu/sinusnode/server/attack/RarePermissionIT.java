package eu.sinusnode.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.attack.RareMembers.Member;
import eu.sinusnode.server.attack.RareMembers.Rule;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Crowd;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Of the patients of a clinic and an insurer a few permit something, by a rule of one class. Each question is asked, then
 * everything that is hidden is changed and becomes three times as much, and each is asked again: statuses, totals, pages, their
 * order and their links must be the same. Half of the questions are asked among a {@link Crowd}, in which each record is
 * decided by itself. {@code -Dsinusnode.rare.tries=} and {@code -Dsinusnode.rare.seed=} ask more, or
 * others.
 */
class RarePermissionIT extends RunningServer {

    private static final int TRIES = Integer.getInteger("sinusnode.rare.tries", 150);
    private static final long SEED = Long.getLong("sinusnode.rare.seed", 20_261_127L);
    private static final int MOST_PAGES = 60;

    @Autowired
    MeterRegistry meters;

    private static final String PERMITTED = "permitted everything, ";

    /** Of how many records each caller was told. */
    private final Map<String, Integer> records = new TreeMap<>();

    private record Asker(String name, CallerKind kind, String organization) {
        String token() {
            return TOKENS.token(
                    kind,
                    claims -> kind == CallerKind.CLINICIAN
                            ? claims.claim("organization", organization)
                                    .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                            : claims.claim("organization", organization));
        }
    }

    /** The questions of one class of rule, and who asks them. */
    private record Inquiry(Asker asker, Set<String> questions) {}

    @Test
    void whatIsHiddenMakesNoDifferenceToAnyAnswer() throws Exception {
        List<Member> members = Stream.of(Rule.values())
                .flatMap(rule -> RareMembers.of(rule).stream())
                .toList();
        put(RareMembers.organizations());
        members.forEach(member -> put(RareMembers.open(member)));
        closeWithoutConsent();
        change(members, 0);
        List<Inquiry> inquiries = inquiries();
        double withheld = withheld();
        Map<String, String> before = answers(inquiries);

        change(members, 1);

        Map<String, String> after = answers(inquiries);
        List<String> told = new ArrayList<>();
        int seen = 0;
        for (Map.Entry<String, String> answer : before.entrySet()) {
            boolean same = answer.getValue().equals(after.get(answer.getKey()));
            if (answer.getKey().startsWith(PERMITTED)) {
                seen += same ? 0 : 1;
            } else if (!same) {
                told.add(answer.getKey() + "\n" + answer.getValue() + "\nand then\n" + after.get(answer.getKey()));
            }
        }
        Files.writeString(
                Path.of("target", "rare-permission.md"),
                "Seed " + SEED + ", " + before.size() + " questions about " + members.size()
                        + " patients, asked twice; answers of the first time, by who asked: " + records
                        + "; told by " + told.size() + ", seen by who is permitted everything: " + seen + "\n\n"
                        + String.join("\n\n", told));
        assertThat(told)
                .as("answers that tell of what is hidden, the first ones")
                .isEmpty();
        assertThat(seen)
                .as("questions by which one who is permitted everything tells the stores apart")
                .isGreaterThan(TRIES / 30);
        assertThat(Stream.of(Rule.values())
                        .filter(rule -> rule != Rule.NO_PERMIT)
                        .filter(rule -> records.getOrDefault("clinician " + rule, 0) == 0))
                .as("classes of whose open records nothing was found")
                .isEmpty();
        assertThat(withheld()).as("what narrowing missed").isEqualTo(withheld);
    }

    /** Each class gets questions of its own, about its own patients. */
    private static List<Inquiry> inquiries() {
        Dice dice = new Dice(SEED);
        List<Inquiry> inquiries = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            Set<String> questions = new LinkedHashSet<>();
            while (questions.size() < Math.max(1, TRIES / Rule.values().length)) {
                questions.add(question(dice, rule));
            }
            inquiries.add(new Inquiry(new Asker("clinician " + rule, CallerKind.CLINICIAN, rule.clinic()), questions));
            inquiries.add(new Inquiry(new Asker("insurer " + rule, CallerKind.INSURER, rule.insurer()), questions));
            inquiries.add(new Inquiry(
                    new Asker(PERMITTED + rule, CallerKind.CLINICIAN, RareMembers.EVERYTHING),
                    questions.stream().limit(1 + questions.size() / 5).collect(Collectors.toSet())));
        }
        return inquiries;
    }

    /** What closes a record beside its Consents, and a door that is shut again. */
    private void closeWithoutConsent() {
        of(Rule.RESTRICTION)
                .forEach(member -> database.update(
                        "INSERT INTO sinusnode.restriction (patient, ground, since) VALUES (?::uuid, 'unlawful', now())",
                        member.id()));
        of(Rule.BREAK_GLASS_OVER)
                .forEach(member -> database.update(
                        "INSERT INTO sinusnode.break_glass (opening, patient, organization, practitioner, token, reason, words,"
                                + " opened, until, term) VALUES (gen_random_uuid(), ?::uuid, ?::uuid, ?::uuid, 'rare', 'ETREAT',"
                                + " 'x', now() - interval '3 hours', now() - interval '2 hours', now() - interval '2 hours')",
                        member.id(),
                        Rule.BREAK_GLASS_OVER.clinic(),
                        Records.PRACTITIONER));
    }

    private static Stream<Member> of(Rule rule) {
        return RareMembers.of(rule).stream().filter(member -> member.own() == rule);
    }

    private static void change(List<Member> members, int change) {
        members.forEach(member -> put(RareMembers.hidden(member, change)));
    }

    private static void put(List<Resource> records) {
        load(Records.transaction(records.toArray(Resource[]::new)));
    }

    private double withheld() {
        return meters.find("sinusnode.gate.withheld.from.search").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private Map<String, String> answers(List<Inquiry> inquiries) {
        Map<String, String> answers = new TreeMap<>();
        Crowd crowd = new Crowd(
                database,
                inquiries.stream()
                        .map(inquiry -> inquiry.asker().organization())
                        .distinct()
                        .toArray(String[]::new));
        for (boolean crowded : List.of(false, true)) {
            if (crowded) {
                crowd.gather();
            }
            for (Inquiry inquiry : inquiries) {
                inquiry.questions().stream()
                        .filter(question -> isAskedInTheCrowd(question) == crowded)
                        .forEach(question -> answers.put(
                                inquiry.asker().name() + (crowded ? " in the crowd " : " ") + question,
                                answer(inquiry.asker(), question)));
            }
        }
        crowd.leave();
        return answers;
    }

    private static boolean isAskedInTheCrowd(String question) {
        return question.hashCode() % 2 == 0;
    }

    private String answer(Asker asker, String question) {
        StringBuilder text = new StringBuilder();
        @Nullable String next = "/" + question;
        // The first pages say enough of what everything is.
        int pages = asker.name().startsWith(PERMITTED) ? 2 : MOST_PAGES;
        for (int page = 1; next != null && page <= pages; page++) {
            Answer answer = get(next, asker.token());
            text.append(answer.status());
            if (answer.status() != 200) {
                return text.append(' ').append(answer.codes()).toString();
            }
            Bundle bundle = answer.bundle();
            records.merge(asker.name(), bundle.getEntry().size(), Integer::sum);
            text.append(bundle.hasTotal() ? " total " + bundle.getTotal() : " no total");
            bundle.getEntry().forEach(entry -> text.append(' ')
                    .append(entry.getSearch().getMode())
                    .append(' ')
                    .append(entry.getResource().fhirType())
                    .append('/')
                    .append(entry.getResource().getIdElement().getIdPart()));
            bundle.getLink().forEach(link -> text.append(' ').append(link.getRelation()));
            text.append('\n');
            next = next(bundle);
            if (next != null) {
                assertThat(matches(bundle))
                        .as("a page before the last of %s", question)
                        .isEqualTo(count(question));
            }
        }
        return text.toString();
    }

    private static long matches(Bundle bundle) {
        return bundle.getEntry().stream()
                .filter(entry -> entry.getSearch().getMode() == Bundle.SearchEntryMode.MATCH)
                .count();
    }

    private static long count(String question) {
        return Long.parseLong(question.replaceAll(".*_count=(\\d+).*", "$1"));
    }

    private static @Nullable String next(Bundle bundle) {
        Bundle.BundleLinkComponent next = bundle.getLink("next");
        return next == null ? null : next.getUrl().substring(BASE.length());
    }

    private static String question(Dice dice, Rule rule) {
        String type = dice.of("Observation", "Observation", "Observation", "Condition", "Patient", "Goal", "Device");
        List<String> sorts =
                switch (type) {
                    case "Observation" -> List.of("date", "code", "status", "category", "_id", "_lastUpdated");
                    case "Condition" -> List.of("onset-date", "recorded-date", "code", "clinical-status", "_id");
                    case "Patient" -> List.of("family", "given", "birthdate", "gender", "_id", "_lastUpdated");
                    case "Goal" -> List.of("start-date", "lifecycle-status", "_id");
                    default -> List.of("type", "status", "_id", "_lastUpdated");
                };
        List<String> parameters = new ArrayList<>();
        parameters.add("_count=" + dice.of(1, 2, 3, 5, 20));
        if (dice.chance(85)) {
            String sort = sign(dice) + dice.of(sorts);
            parameters.add("_sort=" + (dice.chance(25) ? sort + "," + sign(dice) + dice.of(sorts) : sort));
        }
        if (dice.chance(40)) {
            parameters.add(dice.of("_total=accurate", "_total=none", "_total=estimate", "_summary=count"));
        }
        if (dice.chance(30)) {
            parameters.add((type.equals("Patient") ? "_id=" : "patient=") + patients(dice, rule));
        }
        if (dice.chance(45)) {
            parameters.add(condition(dice, type));
        }
        return type + "?" + String.join("&", parameters);
    }

    private static String patients(Dice dice, Rule rule) {
        List<Member> members = RareMembers.of(rule);
        String patients = dice.of(members).id();
        return dice.chance(40) ? patients + "," + dice.of(members).id() : patients;
    }

    private static String condition(Dice dice, String type) {
        String day = dice.between(2017, 2025) + "-0" + dice.between(1, 9) + "-01";
        return switch (type) {
            case "Observation" ->
                dice.of(
                        "code=http://loinc.org%7C8867-4",
                        "code:not=http://loinc.org%7C8867-4",
                        "code=http://loinc.org%7C8867-4,http://loinc.org%7C8310-5",
                        "date=ge" + day,
                        "date=lt" + day,
                        "value-quantity=gt" + dice.between(55, 130),
                        "_security=R",
                        "_security:not=R",
                        "patient.family=Mittler",
                        "patient.birthdate=lt1945-01-01");
            case "Condition" ->
                dice.of("code=I48.0", "code=F32.1", "code:not=F32.1", "onset-date=ge" + day, "_security=PSY");
            case "Patient" ->
                dice.of(
                        "family=Mittler",
                        "family=Aalen",
                        "birthdate=ge1945-01-01",
                        "_has:Observation:patient:code=8310-5",
                        "_has:Observation:patient:date=ge" + day,
                        "_has:Condition:patient:code=F32.1",
                        "_revinclude=Observation:patient",
                        "_has:Observation:patient:value-quantity=gt" + dice.between(55, 130));
            case "Goal" -> dice.of("start-date=ge" + day, "patient.family=Aalen");
            default -> dice.of("status=active", "_include=Device:patient");
        };
    }

    private static String sign(Dice dice) {
        return dice.of("", "-");
    }
}
