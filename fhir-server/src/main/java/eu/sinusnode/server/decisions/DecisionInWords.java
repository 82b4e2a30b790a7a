package eu.sinusnode.server.decisions;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.disclosure.Explanation;
import eu.sinusnode.policy.minimisation.Masking;
import eu.sinusnode.policy.minimisation.Masking.Condition;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** An explanation in plain sentences, without a name or an identifier; the words stand in {@code DecisionInWords_<tag>.properties}. */
enum DecisionInWords {
    GERMAN(Locale.GERMAN),
    ENGLISH(Locale.ENGLISH);

    private final Locale locale;
    private final ResourceBundle words;

    DecisionInWords(Locale locale) {
        this.locale = locale;
        this.words = ResourceBundle.getBundle(
                DecisionInWords.class.getName(),
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** First what comes of it, then by which rule, then the link if it is missing, then the law. */
    String say(Explanation explained, Purpose purpose) {
        StringBuilder text = new StringBuilder(words.getString(outcome(explained, purpose)));
        text.append(' ').append(format("rule." + explained.rule(), words.getString("purpose." + purpose)));
        if (Boolean.FALSE.equals(explained.related())) {
            text.append(' ').append(words.getString("unrelated." + purpose));
        }
        text.append(' ').append(words.getString("basis." + explained.rule().basis()));
        return text.toString();
    }

    /**
     * What has to be so for a masked record to leave.
     *
     * @param smallestGroup of fewer patients, nobody is told
     */
    String conditions(String resourceType, int smallestGroup) {
        StringBuilder text = new StringBuilder();
        for (Condition condition : Condition.values()) {
            text.append(text.isEmpty() ? "" : " ").append(format("condition." + condition, smallestGroup));
        }
        if (resourceType.equals("Patient")) {
            text.append(' ').append(format("condition.Patient", smallestGroup));
        }
        return text.toString();
    }

    private static String outcome(Explanation explained, Purpose purpose) {
        String own = purpose == Purpose.PATRQT ? ".own" : "";
        if (!explained.permitted()) {
            return "deny" + own;
        }
        return Masking.masks(purpose) ? "masked" : "permit" + own;
    }

    private String format(String key, Object argument) {
        return new MessageFormat(words.getString(key), locale).format(new Object[] {argument});
    }
}
