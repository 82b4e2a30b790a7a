package eu.sinusnode.server.matching;

import eu.sinusnode.policy.validation.Kvnr;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Made-up people of one region: frequent names and rare ones, some twins, and parents who gave their own name. */
final class PeopleOfAClinic {

    private static final List<String> FREQUENT = List.of(
            "Müller",
            "Schmidt",
            "Schneider",
            "Fischer",
            "Weber",
            "Meyer",
            "Wagner",
            "Becker",
            "Schulz",
            "Hoffmann",
            "Schäfer",
            "Koch",
            "Bauer",
            "Richter",
            "Klein",
            "Wolf",
            "Schröder",
            "Neumann",
            "Schwarz",
            "Zimmermann",
            "Braun",
            "Krüger",
            "Hofmann",
            "Hartmann",
            "Lange",
            "Schmitt",
            "Werner",
            "Krause",
            "Meier",
            "Lehmann",
            "Köhler",
            "Maier",
            "Kaiser",
            "Fuchs",
            "Lang",
            "Weiß",
            "Peters",
            "Jung",
            "Vogel",
            "Günther",
            "Yılmaz",
            "Kaya",
            "Nowak",
            "Çelik",
            "Ivanović",
            "Nguyen");
    private static final List<String> BEGINNINGS = List.of(
            "Acker", "Alten", "Berg", "Birken", "Brand", "Buch", "Dorn", "Eich", "Eisen", "Feld", "Gold", "Grün", "Hag",
            "Holl", "Kirch", "Kess", "Lauter", "Linden", "Mühl", "Ober", "Rosen", "Rött", "Sand", "Stein", "Thal",
            "Unter", "Wald", "Weiden", "Winter", "Zieg");
    private static final List<String> ENDINGS = List.of(
            "bach", "berger", "bauer", "beck", "dorfer", "egger", "feld", "graf", "hammer", "hauser", "heim", "hofer",
            "huber", "kamp", "ler", "mann", "meier", "mer", "müller", "reiter", "schmied", "städt", "stein", "thaler");
    private static final List<String> WOMEN = List.of(
            "Ursula",
            "Monika",
            "Petra",
            "Sabine",
            "Renate",
            "Karin",
            "Brigitte",
            "Ingrid",
            "Andrea",
            "Claudia",
            "Susanne",
            "Gabriele",
            "Christa",
            "Helga",
            "Birgit",
            "Jörgine",
            "Elke",
            "Käthe",
            "Anna",
            "Maria",
            "Erika",
            "Julia",
            "Katharina",
            "Sarah",
            "Lena",
            "Ayşe",
            "Margarethe",
            "Gerda",
            "Hildegard",
            "Ruth");
    private static final List<String> MEN = List.of(
            "Peter",
            "Michael",
            "Thomas",
            "Wolfgang",
            "Klaus",
            "Jürgen",
            "Hans",
            "Werner",
            "Günter",
            "Uwe",
            "Bernd",
            "Stefan",
            "Andreas",
            "Frank",
            "Heinz",
            "Karl",
            "Manfred",
            "Dieter",
            "Jörg",
            "Rolf",
            "Philipp",
            "Jan",
            "Lukas",
            "Mehmet",
            "Matthias",
            "Walter",
            "Gerhard",
            "Karl-Heinz",
            "Hans-Jürgen",
            "Ralf");

    private PeopleOfAClinic() {}

    static List<Person> some(int count, Random random) {
        List<Person> people = new ArrayList<>();
        while (people.size() < count) {
            Person person = one(random);
            people.add(person);
            if (random.nextInt(100) == 0) {
                people.add(person.withGiven(given(person, random)).withNumber(number(random)));
            }
            if (random.nextInt(100) == 0) {
                people.add(person.withBirthDate(born(random, 1960, 2005)).withNumber(number(random)));
            }
        }
        return people;
    }

    private static Person one(Random random) {
        boolean woman = random.nextBoolean();
        List<String> names = woman ? WOMEN : MEN;
        List<String> given = new ArrayList<>(List.of(pick(names, random)));
        if (random.nextInt(4) == 0) {
            given.add(pick(names, random));
        }
        return new Person(
                family(random),
                given,
                born(random, 1925, 2005),
                woman ? "female" : "male",
                String.format(Locale.ROOT, "%05d", 4100 + 3 * Math.min(random.nextInt(40), random.nextInt(40))),
                number(random));
    }

    /** Every second frequent, every tenth double, every fiftieth with a particle. */
    static String family(Random random) {
        String family =
                random.nextBoolean() ? pick(FREQUENT, random) : pick(BEGINNINGS, random) + pick(ENDINGS, random);
        if (random.nextInt(10) == 0) {
            return family + "-" + pick(FREQUENT, random);
        }
        return random.nextInt(50) == 0 ? "von " + family : family;
    }

    private static String given(Person sibling, Random random) {
        return pick("female".equals(sibling.gender()) ? WOMEN : MEN, random);
    }

    private static String born(Random random, int from, int to) {
        return LocalDate.ofYearDay(from + random.nextInt(to - from), 1 + random.nextInt(365))
                .toString();
    }

    /** Two of three are known by their number. */
    private static @Nullable String number(Random random) {
        if (random.nextInt(3) == 0) {
            return null;
        }
        String stem =
                (char) ('A' + random.nextInt(26)) + String.format(Locale.ROOT, "%08d", random.nextInt(100_000_000));
        int check = 0;
        while (!Kvnr.isValid(stem + check)) {
            check++;
        }
        return stem + check;
    }

    private static String pick(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }
}
