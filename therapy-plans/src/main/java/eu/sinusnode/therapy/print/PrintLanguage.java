package eu.sinusnode.therapy.print;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A language that pages are printed in; the words stand in {@code PrintLanguage_<tag>.properties}. */
public enum PrintLanguage {
    DE(Locale.GERMANY, "d. MMMM yyyy", "EEEE, d. MMMM yyyy, HH:mm 'Uhr'"),
    EN(Locale.UK, "d MMMM yyyy", "EEEE, d MMMM yyyy, HH:mm");

    private static final int MOST_DIGITS = 3;

    private final Locale locale;
    private final DateTimeFormatter date;
    private final DateTimeFormatter moment;
    private final ResourceBundle words;
    private final Translations translations;

    PrintLanguage(Locale locale, String date, String moment) {
        this.locale = locale;
        this.date = DateTimeFormatter.ofPattern(date, locale);
        this.moment = DateTimeFormatter.ofPattern(moment, locale);
        this.words = ResourceBundle.getBundle(
                PrintLanguage.class.getName(),
                Locale.forLanguageTag(locale.getLanguage()),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        this.translations = locale.getLanguage().equals("de") ? Translations.german() : Translations.none();
    }

    /** The one with this tag ({@code de}, {@code en}). */
    public static Optional<PrintLanguage> of(String tag) {
        return Stream.of(values()).filter(each -> each.tag().equals(tag)).findFirst();
    }

    /** The first of {@code Accept-Language} that there is, by weight; German when there is none. */
    public static PrintLanguage accepted(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return DE;
        }
        try {
            Locale best = Locale.lookup(
                    Locale.LanguageRange.parse(header),
                    Stream.of(values())
                            .map(each -> Locale.forLanguageTag(each.tag()))
                            .toList());
            return best == null ? DE : of(best.getLanguage()).orElse(DE);
        } catch (IllegalArgumentException malformed) {
            return DE;
        }
    }

    /** As BCP 47 has it. */
    public String tag() {
        return locale.getLanguage();
    }

    String say(String key, Object... arguments) {
        return new MessageFormat(words.getString(key), locale).format(arguments);
    }

    /** What a key says, if it is there. */
    Optional<String> find(String key) {
        return words.containsKey(key) ? Optional.of(words.getString(key)) : Optional.empty();
    }

    /** What a programme that ships says, in this language; other words as they were written, but for UCUM's way to write mmHg. */
    String translated(String text) {
        return translations.of(text).orElse(text).replace("mm[Hg]", "mmHg");
    }

    /** What is not translated is replaced. */
    String translatedOr(String text, String key) {
        return translations.of(text).orElseGet(() -> translations.isEmpty() ? text : say(key));
    }

    String number(BigDecimal number) {
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setGroupingUsed(false);
        format.setMaximumFractionDigits(MOST_DIGITS);
        return format.format(number);
    }

    String day(LocalDate day) {
        return date.format(day);
    }

    String moment(ZonedDateTime at) {
        return moment.format(at);
    }
}
