package eu.sinusnode.therapy.print;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.Programmes;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.DayOfWeek;
import org.hl7.fhir.r4.model.Timing.EventTiming;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.junit.jupiter.api.Test;

class PrintWordsTest {

    private static final TimingWords GERMAN = new TimingWords(PrintLanguage.DE);
    private static final TimingWords ENGLISH = new TimingWords(PrintLanguage.EN);

    @Test
    void bothLanguagesHaveTheSameWords() {
        assertThat(keys("de")).isEqualTo(keys("en"));
    }

    private static TreeSet<String> keys(String language) {
        return new TreeSet<>(ResourceBundle.getBundle(
                        PrintLanguage.class.getName(),
                        Locale.forLanguageTag(language),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .keySet());
    }

    @Test
    void everySentenceOfTheProgrammesIsThereInGerman() {
        Translations german = Translations.german();
        Stream<String> plans = Programmes.resources(FhirContext.forR4Cached()).stream()
                .filter(PlanDefinition.class::isInstance)
                .map(PlanDefinition.class::cast)
                .flatMap(plan -> Stream.concat(
                        Stream.of(plan.getTitle()), plan.getGoal().stream().map(goal -> goal.getDescription()
                                .getText())));
        Stream<String> activities = Programmes.resources(FhirContext.forR4Cached()).stream()
                .filter(ActivityDefinition.class::isInstance)
                .map(ActivityDefinition.class::cast)
                .flatMap(each -> Stream.of(
                        each.getTitle(), each.getDescription(), each.getTitle() + ". " + each.getDescription()));
        assertThat(Stream.concat(plans, activities)).isNotEmpty().allSatisfy(sentence -> assertThat(german.of(sentence))
                .as(sentence)
                .isPresent());
    }

    @Test
    void whatSomebodyWroteStaysAsItIs() {
        String own = "Little salt. But a little more on hot days.";
        assertThat(PrintLanguage.DE.translated(own)).isEqualTo(own);
        assertThat(PrintLanguage.EN.translated("Little salt")).isEqualTo("Little salt");
    }

    @Test
    void theLanguageIsTheReadersFirstThatThereIs() {
        assertThat(PrintLanguage.accepted(null)).isEqualTo(PrintLanguage.DE);
        assertThat(PrintLanguage.accepted("fr, en-GB;q=0.8, de;q=0.5")).isEqualTo(PrintLanguage.EN);
        assertThat(PrintLanguage.accepted("de-AT")).isEqualTo(PrintLanguage.DE);
        assertThat(PrintLanguage.accepted(";;q=x")).isEqualTo(PrintLanguage.DE);
    }

    private static Timing every(int frequency, String period, UnitsOfTime unit) {
        Timing timing = new Timing();
        timing.getRepeat()
                .setFrequency(frequency)
                .setPeriod(new BigDecimal(period))
                .setPeriodUnit(unit);
        return timing;
    }

    @Test
    void timingsAreSaidInWords() {
        assertThat(GERMAN.howOften(every(1, "4", UnitsOfTime.WK))).isEqualTo("einmal alle 4 Wochen");
        assertThat(ENGLISH.howOften(every(1, "8", UnitsOfTime.H))).isEqualTo("once every 8 hours");
        assertThat(GERMAN.when(every(3, "1", UnitsOfTime.WK))).isEqualTo("an Tagen Ihrer Wahl");
        Timing days = every(1, "1", UnitsOfTime.WK);
        days.getRepeat().addDayOfWeek(DayOfWeek.MON).addDayOfWeek(DayOfWeek.THU).addTimeOfDay("08:00:00");
        assertThat(GERMAN.howOften(days)).isEqualTo("einmal in der Woche, am Montag, Donnerstag");
        assertThat(GERMAN.when(days)).isEqualTo("8:00");
        Timing meals = every(3, "1", UnitsOfTime.D);
        meals.getRepeat().addWhen(EventTiming.AC).setOffset(30);
        assertThat(GERMAN.when(meals)).isEqualTo("vor den Mahlzeiten (30 Minuten)");
        Timing most = every(1, "1", UnitsOfTime.D);
        most.getRepeat().setFrequencyMax(3);
        assertThat(ENGLISH.howOften(most)).isEqualTo("1 to 3 times a day");
        Timing code = new Timing()
                .setCode(new CodeableConcept(
                        new Coding("http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "BID", null)));
        assertThat(ENGLISH.howOften(code)).isEqualTo("2 times a day");
        assertThat(ENGLISH.when(code)).isEqualTo("about 7:30, 21:00");
        assertThat(GERMAN.howOften(new Timing())).isEqualTo("wie mit der Klinik besprochen");
    }
}
