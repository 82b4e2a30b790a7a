package eu.sinusnode.server.attack;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Choices of a seeded grammar. */
public final class Dice {

    private static final Pattern PART = Pattern.compile("«[A-Za-z]+»|[^«]+");

    private final Random random;

    public Dice(long seed) {
        this.random = new Random(seed);
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @SafeVarargs
    public final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A value as it stands in a URL; placeholders stay. */
    String encoded(String value) {
        StringBuilder text = new StringBuilder();
        Matcher parts = PART.matcher(value);
        while (parts.find()) {
            text.append(parts.group().startsWith("«") ? parts.group() : World.encoded(parts.group()));
        }
        return text.toString();
    }

    /** A parameter's name, now and then with letters as percent escapes: servers decode them, filters forget to. */
    String encodedName(String name) {
        if (!chance(6)) {
            return encoded(name);
        }
        StringBuilder text = new StringBuilder();
        for (char c : name.toCharArray()) {
            boolean escape = c != '«' && c != '»' && c < 128 && chance(40);
            text.append(escape ? String.format("%%%02" + of("x", "X"), (int) c) : encoded(String.valueOf(c)));
        }
        return text.toString();
    }
}
