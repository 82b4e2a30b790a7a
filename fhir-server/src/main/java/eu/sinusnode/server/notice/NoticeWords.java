package eu.sinusnode.server.notice;

import eu.sinusnode.server.storage.Zone;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of a notice, in German and English, from {@code <class>_<tag>.properties}. */
public final class NoticeWords {

    private static final List<Locale> LANGUAGES = List.of(Locale.GERMAN, Locale.ENGLISH);

    private final Class<?> bundle;

    public NoticeWords(Class<?> bundle) {
        this.bundle = bundle;
    }

    /** One word of the bundle as an argument. */
    public record Word(String key) {}

    /** @param arguments instants are told in local time, by the key {@code time}; {@link Word}s are looked up */
    public List<String> say(String key, Object... arguments) {
        return LANGUAGES.stream().map(language -> say(language, key, arguments)).toList();
    }

    private String say(Locale language, String key, Object... arguments) {
        ResourceBundle words = ResourceBundle.getBundle(
                bundle.getName(),
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        Object[] said = Arrays.stream(arguments)
                .map(argument -> say(words, language, argument))
                .toArray();
        return new MessageFormat(words.getString(key), language).format(said);
    }

    private static Object say(ResourceBundle words, Locale language, Object argument) {
        if (argument instanceof Word word) {
            return words.getString(word.key());
        }
        return argument instanceof Instant instant
                ? DateTimeFormatter.ofPattern(words.getString("time"), language).format(instant.atZone(Zone.OF_DATES))
                : argument;
    }
}
