package eu.sinusnode.therapy.print;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.print.Reached.Activity.Way;
import eu.sinusnode.therapy.progress.Kept;
import eu.sinusnode.therapy.progress.TargetProgress;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.junit.jupiter.api.Test;

class PatientLetterTest {

    private static final CodeableConcept GOAL = new CodeableConcept().setText("No smoking");
    private static final CodeableConcept SYSTOLIC = new CodeableConcept(new Coding(Codes.LOINC, Codes.SYSTOLIC, null));

    private final ExamplePlan example = new ExamplePlan();

    private Pages letter(PrintLanguage language, Reached reached) throws Exception {
        return Pages.of(new PatientLetter(example.printed(), reached, language).page());
    }

    private static Reached reached(List<Reached.Activity> activities, TargetProgress... targets) {
        return new Reached(
                LocalDate.of(2026, 11, 1),
                LocalDate.of(2026, 11, 28),
                activities,
                List.of(targets).stream()
                        .map(target -> new Reached.Target(GOAL, SYSTOLIC, target))
                        .toList());
    }

    @Test
    void itSaysWhatWasKeptAndReached() throws Exception {
        Reached reached = reached(
                List.of(
                        new Reached.Activity.Counted(
                                "Blood pressure at home", Way.MEASURED, new Kept(54, 27, 27, 9, List.of())),
                        new Reached.Activity.Counted("Bisoprolol", Way.TAKEN, new Kept(27, 26, 27, 26, List.of()))),
                new TargetProgress.Judged(
                        new BigDecimal("126.5"), "mm[Hg]", TargetProgress.Basis.MEAN, 12, BigDecimal.ZERO, true));
        Pages german = letter(PrintLanguage.DE, reached);
        german.isAccessible("de");
        assertThat(german.text())
                .contains("vom 1. November 2026 bis zum 27. November 2026")
                .contains("27 von 54 Mal gemessen (50 %)", "9 von 27 Tagen (33 %)", "26 von 27 Mal genommen (96 %)")
                .contains(
                        "oberer Blutdruckwert (systolisch): 126,5 mmHg im Mittel der letzten sieben Tage (12 Werte)",
                        "erreicht")
                .contains("Donnerstag, 3. Dezember 2026, 15:00 Uhr", "Herzzentrum Köln", "+49 221 000000", "112");
        assertThat(letter(PrintLanguage.EN, reached).text())
                .contains("measured 27 of 54 times (50 %)", "taken 26 of 27 times (96 %)", "126.5 mmHg on average");
    }

    @Test
    void whatIsNotKnownIsNotComputableAndNeverNotReached() throws Exception {
        Reached reached = reached(
                List.of(
                        new Reached.Activity.NotComputable(
                                "Brisk walking", "No measurement tells whether it was done."),
                        new Reached.Activity.Counted("Body weight", Way.MEASURED, new Kept(0, 0, 0, 0, List.of())),
                        new Reached.Activity.NotComputable("Salt", "A timing has events or repeats, not both.")),
                new TargetProgress.NotComputable("Nothing was measured in the last 7 days."));
        assertThat(letter(PrintLanguage.DE, reached).text())
                .contains("nicht berechenbar: Keine Messung zeigt, ob es getan wurde.")
                .contains("nicht berechenbar: Es war noch nichts fällig.")
                .contains("nicht berechenbar: Das Aufgezeichnete sagt es nicht.")
                .contains("nicht berechenbar: In den letzten 7 Tagen wurde nichts gemessen.")
                .doesNotContain("noch nicht erreicht", "0 von", "events");
        assertThat(letter(PrintLanguage.EN, reached).text())
                .contains("cannot be computed: Nothing was measured in the last 7 days.")
                .doesNotContain("not reached");
    }

    @Test
    void itSaysWhatThePatientHasReported() throws Exception {
        Reached reached = reached(
                List.of(),
                new TargetProgress.Judged(
                        new BigDecimal("150"), "min/wk", TargetProgress.Basis.SUM, 3, new BigDecimal("60"), true));
        assertThat(letter(PrintLanguage.EN, reached).text())
                .contains(
                        "150 minutes a week in the last seven days (3 values)",
                        "of these 60 minutes a week by your own word");
        assertThat(letter(PrintLanguage.DE, reached).text())
                .contains("davon 60 Minuten in der Woche nach Ihren eigenen Angaben");
    }

    @Test
    void itSaysWhichModulesAndQuestionsWereDone() throws Exception {
        Reached reached = reached(List.of(
                new Reached.Activity.Counted("Module: training safely", Way.DONE, new Kept(4, 3, 4, 3, List.of()))));
        assertThat(letter(PrintLanguage.EN, reached).text())
                .contains("Module: training safely", "done 3 of 4 times (75 %)");
        assertThat(letter(PrintLanguage.DE, reached).text())
                .contains("Lerneinheit: Sicher trainieren", "3 von 4 Mal getan (75 %)");
    }

    @Test
    void itSaysWhetherThePatientSmokesInWords() throws Exception {
        CodeableConcept smoking = new CodeableConcept(new Coding("http://loinc.org", "72166-2", null));
        Reached reached = new Reached(
                LocalDate.of(2026, 11, 1),
                LocalDate.of(2026, 11, 28),
                List.of(),
                List.of(new Reached.Target(
                        new CodeableConcept().setText("No smoking"),
                        smoking,
                        new TargetProgress.Coded(
                                new CodeableConcept(new Coding("http://snomed.info/sct", "449868002", null)), false))));
        assertThat(letter(PrintLanguage.EN, reached).text())
                .contains("No smoking", "smoking: smokes, the newest value", "not reached yet");
        assertThat(letter(PrintLanguage.DE, reached).text()).contains("Nicht rauchen", "Rauchen: raucht", "noch nicht");
    }

    @Test
    void itSaysWhatIsNewAndWhatHasEnded() throws Exception {
        Reached nothing = reached(List.of());
        assertThat(letter(PrintLanguage.EN, nothing).text()).contains("Nothing in your plan has changed.");
        example.prescription("Ramipril 5 mg").setAuthoredOn(Date.from(Instant.parse("2026-11-20T08:00:00Z")));
        example.prescription("Torasemid").setStatus(MedicationRequestStatus.STOPPED);
        example.prescription("Statin")
                .setIntent(MedicationRequestIntent.PROPOSAL)
                .setAuthoredOn(Date.from(Instant.parse("2026-11-20T08:00:00Z")));
        example.prescription("Thiazid")
                .setIntent(MedicationRequestIntent.PROPOSAL)
                .setStatus(MedicationRequestStatus.STOPPED);
        assertThat(letter(PrintLanguage.EN, nothing).text())
                .contains("New: Ramipril 5 mg", "No longer: Torasemid", "This letter changes no medicine.")
                .doesNotContain("Nothing in your plan has changed.", "New: Bisoprolol", "Statin", "Thiazid");
    }

    @Test
    void onItsFirstDayThereIsNothingToTell() throws Exception {
        LocalDate today = LocalDate.of(2026, 11, 28);
        assertThat(letter(PrintLanguage.EN, new Reached(today, today, List.of(), List.of()))
                        .text())
                .contains("Your plan has only just begun.")
                .doesNotContain("27 November");
    }

    @Test
    void withoutABookedCallItSaysSo() throws Exception {
        example.appointments.get(0).setStart(Date.from(Instant.parse("2026-11-03T14:00:00Z")));
        assertThat(letter(PrintLanguage.EN, reached(List.of())).text()).contains("No appointment is booked.");
    }
}
