package eu.sinusnode.server.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** What goes wrong when one person is written down twice: at the phone, at the keyboard, over the years. */
final class Slips {

    private static final Map<String, String> UMLAUTS =
            Map.of("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "ß", "ss");
    private static final Map<String, String> LOST =
            Map.of("ä", "a", "ö", "o", "ü", "u", "Ä", "A", "Ö", "O", "Ü", "U", "ß", "s");
    private static final List<List<String>> SOUNDS = List.of(
            List.of("ei", "ai"),
            List.of("ey", "ei"),
            List.of("dt", "t"),
            List.of("th", "t"),
            List.of("ph", "f"),
            List.of("ck", "k"),
            List.of("tz", "z"),
            List.of("mm", "m"),
            List.of("nn", "n"),
            List.of("ff", "f"));

    private final Random random;
    private final List<UnaryOperator<Person>> kinds = List.of(
            person -> person.withFamily(respelt(person.family(), UMLAUTS)),
            person -> person.withFamily(respelt(person.family(), LOST)),
            person -> person.withFamily(heard(person.family())),
            person -> person.withFamily(typed(person.family())),
            person -> person.withGiven(typed(person.given().get(0))),
            person -> person.withGiven(respelt(person.given().get(0), UMLAUTS)),
            Slips::otherGivenNames,
            person -> person.withFamily(person.given().get(0)).withGiven(person.family()),
            this::dayAndMonth,
            person -> person.birthDate() == null ? person : person.withBirthDate(decade(person.birthDate())),
            this::moved,
            this::married,
            Slips::withoutParticleOrPart,
            person -> person.number() == null ? person : person.withNumber(digit(person.number())));

    Slips(Random random) {
        this.random = random;
    }

    Person of(Person person, int slips) {
        Person slipped = person;
        for (int i = 0; i < slips; i++) {
            slipped = kinds.get(random.nextInt(kinds.size())).apply(slipped);
        }
        return slipped;
    }

    private static String respelt(String name, Map<String, String> letters) {
        String respelt = name;
        for (Map.Entry<String, String> letter : letters.entrySet()) {
            respelt = respelt.replace(letter.getKey(), letter.getValue());
        }
        return respelt;
    }

    private static String heard(String name) {
        for (List<String> pair : SOUNDS) {
            if (name.contains(pair.get(0))) {
                return name.replace(pair.get(0), pair.get(1));
            }
        }
        return name;
    }

    /** A letter is left out, doubled, another one, or changes round with its neighbour. */
    private String typed(String name) {
        int at = 1 + random.nextInt(Math.max(1, name.length() - 2));
        if (name.length() < 3) {
            return name;
        }
        return switch (random.nextInt(4)) {
            case 0 -> name.substring(0, at) + name.substring(at + 1);
            case 1 -> name.substring(0, at) + name.charAt(at) + name.substring(at);
            case 2 -> name.substring(0, at) + (char) ('a' + random.nextInt(26)) + name.substring(at + 1);
            default -> name.substring(0, at) + name.charAt(at + 1) + name.charAt(at) + name.substring(at + 2);
        };
    }

    private static Person otherGivenNames(Person person) {
        List<String> given = new ArrayList<>(person.given());
        return given.size() > 1
                ? person.withGiven(given.get(1))
                : person.withGiven(given.get(0).substring(0, 1) + ".");
    }

    private Person moved(Person person) {
        return person.withPostalCode(String.format(Locale.ROOT, "%05d", 1000 + random.nextInt(98_000)));
    }

    private Person married(Person person) {
        return person.withFamily(PeopleOfAClinic.family(random));
    }

    private Person dayAndMonth(Person person) {
        String date = person.birthDate();
        if (date == null || date.substring(8).compareTo("12") > 0) {
            return person;
        }
        return person.withBirthDate(date.substring(0, 5) + date.substring(8) + "-" + date.substring(5, 7));
    }

    /** The decade of a birth date is another one; a date that few years have stays as it is. */
    private String decade(String date) {
        return date.endsWith("02-29") ? date : date.substring(0, 2) + (2 + random.nextInt(8)) + date.substring(3);
    }

    private String digit(String number) {
        int at = 1 + random.nextInt(number.length() - 1);
        return number.substring(0, at) + random.nextInt(10) + number.substring(at + 1);
    }

    private static Person withoutParticleOrPart(Person person) {
        String family = person.family();
        int cut = Math.max(family.indexOf('-'), family.lastIndexOf(' '));
        return cut < 0
                ? person
                : person.withFamily(family.charAt(cut) == '-' ? family.substring(0, cut) : family.substring(cut + 1));
    }
}
