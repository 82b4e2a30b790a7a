package eu.sinusnode.therapy.alert;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.therapy.apply.FactReader;
import eu.sinusnode.therapy.triage.Complaint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer on an active plan can tell that a clinician looks at. How soon is decided by {@link
 * eu.sinusnode.therapy.triage.Triage}: a complaint is as urgent as in a patient's question. The definitions are those that come
 * with the server; the sources are theirs.
 */
public enum AlertRule {
    /** Stops training, until a clinician has decided (ESC 2024, doi 10.1093/eurheartj/ehae177). */
    CHEST_PAIN(
            FactReader.SYMPTOM_CHECK, List.of("chest-pain"), "alert-chest-pain", Complaint.CHEST_PAIN, Source.CORONARY),
    BREATHLESS(
            FactReader.SYMPTOM_CHECK,
            List.of("breathless"),
            "symptom-check",
            Complaint.BREATHLESS,
            Source.HEART_FAILURE),
    BREATHLESS_AT_NIGHT(
            FactReader.SYMPTOM_CHECK,
            List.of("breathless-at-night"),
            "symptom-check",
            Complaint.BREATHLESS_AT_NIGHT,
            Source.HEART_FAILURE),
    SWELLING(FactReader.SYMPTOM_CHECK, List.of("swelling"), "symptom-check", Complaint.SWELLING, Source.HEART_FAILURE),
    DIZZY(FactReader.SYMPTOM_CHECK, List.of("dizzy"), "symptom-check", Complaint.DIZZY, Source.HEART_FAILURE),
    /** PHQ-2 of 3 points or more, of 6 (Kroenke 2003, cut-off 3): a clinician asks further. */
    LOW_MOOD(AlertRule.MOOD_CHECK, List.of("interest", "mood"), "mood-check", null, Source.PHQ_2);

    /** The two questions of the PHQ-2; an answer names them with a version. */
    static final String MOOD_CHECK = Canonicals.BASE + "/Questionnaire/mood-check";

    private static final class Source {
        /** ESC 2024, chronic coronary syndromes. */
        private static final String CORONARY = "https://doi.org/10.1093/eurheartj/ehae177";
        /** ESC 2021, heart failure. */
        private static final String HEART_FAILURE = "https://doi.org/10.1093/eurheartj/ehab368";
        /** Kroenke, Spitzer, Williams: Med Care 2003;41:1284. */
        private static final String PHQ_2 = "https://doi.org/10.1097/01.MLR.0000093487.78664.3C";
    }

    private final String questionnaire;
    private final List<String> questions;
    private final String definition;
    private final @Nullable Complaint complaint;
    private final String source;

    AlertRule(
            String questionnaire,
            List<String> questions,
            String definition,
            @Nullable Complaint complaint,
            String source) {
        this.questionnaire = questionnaire;
        this.questions = questions;
        this.definition = definition;
        this.complaint = complaint;
        this.source = source;
    }

    /** The url of the questionnaire that asks for it. */
    public String questionnaire() {
        return questionnaire;
    }

    /** The linkIds of its questions that count: of a complaint one, answered by yes or no; else several with points. */
    List<String> questions() {
        return questions;
    }

    /** The url of the ActivityDefinition by which a plan says so. */
    public String definition() {
        return Canonicals.BASE + "/ActivityDefinition/" + definition;
    }

    /** What is complained of; empty for what is no complaint. */
    public Optional<Complaint> complaint() {
        return Optional.ofNullable(complaint);
    }

    /** The guideline or paper, as a DOI. */
    public String source() {
        return source;
    }
}
