package eu.sinusnode.server.matching;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.util.StringUtil;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.codesystems.MatchGrade;
import org.junit.jupiter.api.Test;

/**
 * How well people are found again whose records were made with slips, measured on made-up ones; the figures and the weights
 * stand in {@code docs/matching.md}, and this fails when the page says something else.
 */
class MatchingFiguresTest {

    private static final Path PAGE = Path.of("..", "docs", "matching.md");
    private static final long SEED = 20_261_126;
    private static final int PEOPLE = 2_000;
    private static final int STRANGERS = 1_000;
    private static final List<MatchGrade> GRADES =
            List.of(MatchGrade.CERTAIN, MatchGrade.PROBABLE, MatchGrade.POSSIBLE);

    /** Somebody of the clinic, as stored. */
    private record Known(Person person, Traits traits, String familyInIndex) {
        static Known of(Person person) {
            return new Known(person, person.traits(), StringUtil.normalizeStringForSearchIndexing(person.family()));
        }
    }

    /** How many of those who were told are meant, and how many of those who are meant were told. */
    private static final class Figure {
        private int right;
        private int told;

        void tell(boolean isRight) {
            told++;
            right += isRight ? 1 : 0;
        }

        double precision() {
            return told == 0 ? 1 : (double) right / told;
        }

        double recall(int meant) {
            return (double) right / meant;
        }
    }

    private final List<Known> known = PeopleOfAClinic.some(PEOPLE, new Random(SEED)).stream()
            .map(Known::of)
            .toList();

    @Test
    void figures() throws IOException {
        List<String> rows =
                new ArrayList<>(List.of("| slips | people | told as | precision | recall |", "|---|---|---|---|---|"));
        for (int slips = 0; slips <= 3; slips++) {
            Map<MatchGrade, Figure> figures = measure(asked(slips));
            for (MatchGrade grade : GRADES) {
                Figure figure = Objects.requireNonNull(figures.get(grade));
                rows.add(String.format(
                        Locale.ROOT,
                        "| %d | %d | %s | %.4f | %.4f |",
                        slips,
                        known.size(),
                        grade == MatchGrade.CERTAIN ? "certain" : grade.toCode() + " or better",
                        figure.precision(),
                        figure.recall(known.size())));
            }
            assertThat(figures.get(MatchGrade.CERTAIN)).satisfies(certain -> assertThat(certain.precision())
                    .as("certain is certain")
                    .isGreaterThan(0.999));
            assertThat(figures.get(MatchGrade.PROBABLE))
                    .satisfies(probable -> assertThat(probable.precision()).isGreaterThan(0.99));
        }
        hold("figures", String.join("\n", rows));
    }

    @Test
    void whoIsNotThereIsNotFound() throws IOException {
        List<Person> strangers = PeopleOfAClinic.some(STRANGERS, new Random(SEED + 1)).stream()
                .map(stranger -> stranger.withNumber(null))
                .toList();
        List<MatchGrade> told = strangers.stream()
                .flatMap(stranger -> matches(stranger).values().stream())
                .map(Verdict::grade)
                .toList();
        assertThat(told).doesNotContain(MatchGrade.CERTAIN);
        hold(
                "strangers",
                String.format(
                        Locale.ROOT,
                        "%d people who are not there were asked for without a KVNR: nobody was told as certain, %d as"
                                + " probable, %d as possible.",
                        strangers.size(),
                        Collections.frequency(told, MatchGrade.PROBABLE),
                        Collections.frequency(told, MatchGrade.POSSIBLE)));
    }

    @Test
    void weights() throws IOException {
        List<String> rows =
                new ArrayList<>(List.of("| element | agreement | m | u | weight in bits |", "|---|---|---|---|---|"));
        for (Agreement each : Agreement.values()) {
            rows.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %+.1f |",
                    each.element(),
                    each.meaning(),
                    plain(each.ofOnePerson()),
                    plain(each.ofTwoPersons()),
                    each.weight()));
        }
        hold("weights", String.join("\n", rows));
    }

    // Measuring

    /** The same people once more; a third of those with a KVNR is asked for by it. */
    private List<Person> asked(int slips) {
        Random random = new Random(SEED + 10 + slips);
        Slips some = new Slips(random);
        return known.stream()
                .map(one -> some.of(one.person(), slips))
                .map(person -> random.nextInt(3) == 0 ? person : person.withNumber(null))
                .map(person -> random.nextInt(5) == 0 ? person.withPostalCode(null) : person)
                .map(person -> random.nextInt(10) == 0 ? person.withGender(null) : person)
                .toList();
    }

    private Map<MatchGrade, Figure> measure(List<Person> asked) {
        Map<MatchGrade, Figure> figures = new EnumMap<>(MatchGrade.class);
        GRADES.forEach(grade -> figures.put(grade, new Figure()));
        for (int i = 0; i < asked.size(); i++) {
            Known meant = known.get(i);
            matches(asked.get(i)).forEach((found, verdict) -> GRADES.stream()
                    .filter(grade -> verdict.grade().compareTo(grade) <= 0)
                    .forEach(grade -> Objects.requireNonNull(figures.get(grade)).tell(found == meant)));
        }
        return figures;
    }

    private Map<Known, Verdict> matches(Person asked) {
        Traits traits = asked.traits();
        List<Predicate<Known>> blocks =
                Blocks.of(traits).stream().map(MatchingFiguresTest::inStorage).toList();
        Map<Known, Verdict> matches = new IdentityHashMap<>();
        known.stream()
                .filter(one -> blocks.stream().anyMatch(block -> block.test(one)))
                .forEach(one -> Verdict.of(Comparison.of(traits, one.traits()))
                        .ifPresent(verdict -> matches.put(one, verdict)));
        return matches;
    }

    /** What the storage finds: a string that begins so, without case and marks; a date; an identifier. */
    private static Predicate<Known> inStorage(SearchRequest block) {
        String parameter = block.parameters().keySet().iterator().next();
        Set<String> values = new TreeSet<>(
                SearchRequest.alternatives(block.occurrences(parameter).get(0)));
        return switch (parameter) {
            case "identifier" ->
                one -> values.contains(Codes.KVNR + "|" + one.person().number());
            case "birthdate" ->
                one -> values.contains(String.valueOf(one.person().birthDate()));
            default -> {
                List<String> beginnings = values.stream()
                        .map(StringUtil::normalizeStringForSearchIndexing)
                        .toList();
                yield one -> beginnings.stream().anyMatch(one.familyInIndex()::startsWith);
            }
        };
    }

    private static String plain(double probability) {
        return BigDecimal.valueOf(probability).stripTrailingZeros().toPlainString();
    }

    // The page

    private static void hold(String name, String text) throws IOException {
        String begin = "<!-- " + name + ": generated -->\n";
        String end = "\n<!-- end of " + name + " -->";
        String page = Files.readString(PAGE);
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        if (Boolean.getBoolean("sinusnode.docs.update")) {
            Files.writeString(PAGE, page.substring(0, from) + text + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to))
                .as("run again with -Dsinusnode.docs.update=true")
                .isEqualTo(text);
    }
}
