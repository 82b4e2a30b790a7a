package eu.sinusnode.policy.audit;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a patient in plain words who did what with the record, when and why (EHDS Art. 9), in German or English. */
public final class AccessInWords {

    /** The words stand in {@code AccessInWords_<tag>.properties}. */
    public enum Language {
        GERMAN(Locale.GERMAN),
        ENGLISH(Locale.ENGLISH);

        private final Locale locale;

        Language(Locale locale) {
            this.locale = locale;
        }

        /** German when the tag ({@code de}, {@code de-AT}, as in Accept-Language) begins with de, else English. */
        public static Language of(String tag) {
            return tag.toLowerCase(Locale.ROOT).startsWith("de") ? GERMAN : ENGLISH;
        }
    }

    /**
     * @param self whether the patient did it
     * @param refused whether it was asked for and not given
     * @param who a kind of caller, and the organization by its name
     * @param what the categories of data, and how many records of each
     * @param sentence all of it as one sentence
     */
    public record Access(
            Instant when, boolean self, boolean refused, String who, String what, String why, String sentence) {}

    private final Function<String, Optional<String>> names;
    private final ZoneId zone;

    /**
     * @param names gives the name of an {@code Organization/…}; one that it does not know is told by its reference
     * @param zone of the times
     */
    public AccessInWords(Function<String, Optional<String>> names, ZoneId zone) {
        this.names = names;
        this.zone = zone;
    }

    /** What the entry means for one of its patients; the others do not show in it. */
    public Access say(AuditEntry entry, String patientId, Language language) {
        Words words = new Words(language.locale);
        List<AuditedRecord> records = entry.records().stream()
                .filter(record -> patientId.equals(record.patientId()))
                .toList();
        AuditedCaller caller = entry.caller();
        boolean self = caller != null && "patient".equals(caller.kind()) && patientId.equals(caller.patientId());
        String who = who(caller, self, words);
        String what = what(entry, records, words);
        String why = why(caller, words);
        String when = DateTimeFormatter.ofPattern(words.say("form.date"), language.locale)
                .withZone(zone)
                .format(entry.recorded());
        return new Access(
                entry.recorded(),
                self,
                entry.outcome() instanceof AuditOutcome.Denied,
                who,
                what,
                why,
                words.say("form.sentence", when, who, did(entry, records, what, words), why));
    }

    private String who(@Nullable AuditedCaller caller, boolean self, Words words) {
        if (isServer(caller)) {
            return words.say("who.server");
        }
        if (self || caller == null || caller.kind() == null) {
            return words.say(self ? "who.self" : "who.unknown");
        }
        String kind = words.either("who." + caller.kind(), "who.outside");
        if (caller.organizationId() == null) {
            return kind;
        }
        String organization = "Organization/" + caller.organizationId();
        return words.say("form.of", kind, names.apply(organization).orElse(organization));
    }

    private static String why(@Nullable AuditedCaller caller, Words words) {
        if (isServer(caller)) {
            return words.say("why.server");
        }
        return caller == null || caller.purpose() == null
                ? words.say("why.none")
                : words.either("why." + caller.purpose(), "why.none");
    }

    private static boolean isServer(@Nullable AuditedCaller caller) {
        return caller != null && caller.equals(AuditedCaller.server());
    }

    private static String did(AuditEntry entry, List<AuditedRecord> records, String what, Words words) {
        if (entry.outcome() instanceof AuditOutcome.Denied denied) {
            String own = "refused." + entry.request().operation();
            return words.say(
                    isServer(entry.caller()) && words.has(own) ? own : "did.refused",
                    what,
                    words.either("because." + denied.code(), ""));
        }
        boolean search = entry.request().interaction() == AuditedInteraction.SEARCH;
        boolean nothing = search && records.stream().allMatch(record -> record.id() == null);
        if (nothing) {
            return words.say("did.nothing", what);
        }
        AuditedInteraction interaction = entry.request().interaction();
        String own = "did." + entry.request().operation();
        boolean called = interaction == AuditedInteraction.OPERATION
                || interaction == AuditedInteraction.BULK
                || isServer(entry.caller());
        return words.say(called && words.has(own) ? own : "did." + interaction, what);
    }

    /** Categories in the order of their words; a refusal and a bulk answer tell no numbers. */
    private static String what(AuditEntry entry, List<AuditedRecord> records, Words words) {
        if (records.isEmpty()) {
            return words.say("what.none");
        }
        boolean counts = entry.outcome() instanceof AuditOutcome.Granted;
        Map<String, Integer> categories = new TreeMap<>();
        for (AuditedRecord record : records) {
            int count = counts && record.id() != null ? 1 : 0;
            categories.merge(category(record.type(), words), count, Integer::sum);
        }
        return categories.entrySet().stream()
                .map(category -> category.getValue() == 0
                        ? category.getKey()
                        : words.say("what.counted", category.getKey(), category.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String category(String type, Words words) {
        return words.has("what." + type) ? words.say("what." + type) : words.say("what.other", type);
    }

    private static final class Words {
        private final ResourceBundle bundle;
        private final Locale locale;

        private Words(Locale locale) {
            this.locale = locale;
            this.bundle = ResourceBundle.getBundle(
                    AccessInWords.class.getName(),
                    locale,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        }

        private boolean has(String key) {
            return bundle.containsKey(key);
        }

        private String say(String key, Object... arguments) {
            return new MessageFormat(bundle.getString(key), locale).format(arguments);
        }

        /** The first of two keys that there is; an empty text where there is neither. */
        private String either(String key, String otherwise) {
            if (has(key)) {
                return say(key);
            }
            return otherwise.isEmpty() ? "" : say(otherwise);
        }
    }
}
