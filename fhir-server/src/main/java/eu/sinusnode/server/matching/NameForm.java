package eu.sinusnode.server.matching;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.codec.language.ColognePhonetic;

/**
 * A name in a form in which two spellings can be compared: its words in small Latin letters, umlauts written out, without
 * the particles that one desk keeps and another drops.
 */
record NameForm(List<String> words) {

    private static final Map<String, String> WRITTEN_OUT =
            Map.of("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "æ", "ae", "ø", "oe", "œ", "oe", "ł", "l", "đ", "d");

    /** What umlauts become where a keyboard has none; the same loss on both sides makes names equal. */
    private static final Map<String, String> LOST = Map.of("ae", "a", "oe", "o", "ue", "u", "ss", "s");

    private static final Set<String> PARTICLES = Set.of(
            "von",
            "vom",
            "van",
            "zu",
            "zum",
            "zur",
            "und",
            "der",
            "den",
            "dem",
            "de",
            "del",
            "della",
            "di",
            "da",
            "dos",
            "la",
            "le",
            "el",
            "al",
            "ten",
            "ter",
            "freiherr",
            "freifrau",
            "graf",
            "graefin",
            "baron",
            "dr",
            "prof");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[^a-z]+");
    private static final int SHORTEST_TO_SLIP = 4;

    NameForm {
        words = List.copyOf(words);
    }

    /** Of a name that is nothing but particles, all of them stay. */
    static NameForm family(String text) {
        List<String> words = new ArrayList<>(wordsOf(text));
        List<String> without =
                words.stream().filter(word -> !PARTICLES.contains(word)).toList();
        return new NameForm(without.isEmpty() ? words : without);
    }

    static NameForm given(Collection<String> texts) {
        return new NameForm(
                texts.stream().flatMap(text -> wordsOf(text).stream()).toList());
    }

    private static List<String> wordsOf(String text) {
        String small = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> letter : WRITTEN_OUT.entrySet()) {
            small = small.replace(letter.getKey(), letter.getValue());
        }
        String plain =
                MARKS.matcher(Normalizer.normalize(small, Normalizer.Form.NFD)).replaceAll("");
        return Arrays.stream(BETWEEN.split(plain))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    String joined() {
        return String.join("", words);
    }

    /** Hyphen, blank or neither makes no difference. */
    boolean isSame(NameForm other) {
        return joined().equals(other.joined());
    }

    /** Whether it is what another form would be in the wrong field: all of it, or its first word. */
    boolean standsFor(NameForm other) {
        return isSame(other) || joined().equals(other.words.get(0));
    }

    boolean sharesWord(NameForm other) {
        return !Collections.disjoint(words, other.words);
    }

    /** Whether it sounds the same (Kölner Phonetik), is one slip away, or is the same where umlauts are lost. */
    boolean isNear(NameForm other) {
        return isNear(joined(), other.joined());
    }

    /** Whether any word of the one is near a word of the other. */
    boolean hasNearWord(NameForm other) {
        return words.stream().anyMatch(word -> other.words.stream().anyMatch(another -> isNear(word, another)));
    }

    /** Whether one begins with a letter alone, with which the other begins. */
    boolean isInitialOf(NameForm other) {
        String first = words.get(0);
        String second = other.words.get(0);
        return (first.length() == 1) != (second.length() == 1) && first.charAt(0) == second.charAt(0);
    }

    private static boolean isNear(String one, String other) {
        if (Math.min(one.length(), other.length()) < SHORTEST_TO_SLIP) {
            return lost(one).equals(lost(other));
        }
        return lost(one).equals(lost(other))
                || OneSlip.between(one, other)
                || sound(one).equals(sound(other));
    }

    static String lost(String word) {
        String lost = word;
        for (Map.Entry<String, String> letters : LOST.entrySet()) {
            lost = lost.replace(letters.getKey(), letters.getValue());
        }
        return lost;
    }

    private static String sound(String word) {
        return new ColognePhonetic().colognePhonetic(word);
    }
}
