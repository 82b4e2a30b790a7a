package eu.sinusnode.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.audit.AccessInWords.Access;
import eu.sinusnode.policy.audit.AccessInWords.Language;
import eu.sinusnode.policy.consent.EmergencyReason;
import eu.sinusnode.policy.testing.World;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a patient is told. */
class AccessInWordsTest {

    private static final AccessInWords WORDS = new AccessInWords(
            reference -> Optional.of("Heart Clinic").filter(name -> reference.equals("Organization/" + World.CLINIC)),
            ZoneId.of("Europe/Berlin"));

    private static final AuditedRecord HEART_RATE = new AuditedRecord("anna", "Observation", "hr", "1");

    @Test
    void aClinicianLookedAtSomeRecords() {
        AuditEntry entry = Entries.granted(
                AuditedInteraction.SEARCH,
                null,
                Entries.clinician(),
                List.of(
                        HEART_RATE,
                        new AuditedRecord("anna", "Observation", "kg", "1"),
                        new AuditedRecord("anna", "Condition", "high", "3"),
                        new AuditedRecord("bernd", "CarePlan", "plan", "1")));
        assertThat(say(entry, Language.ENGLISH).sentence())
                .isEqualTo("23 Nov 2026, 13:00: A clinician of Heart Clinic looked at diagnoses (1), measurements and"
                        + " findings (2), for treatment.");
        assertThat(say(entry, Language.GERMAN).sentence())
                .isEqualTo("23.11.2026, 13:00 Uhr: Eine Ärztin oder ein Arzt (Heart Clinic). Einsicht: Diagnosen (1),"
                        + " Messwerte und Befunde (2), zur Behandlung.");
    }

    @Test
    void aRecordThatWasOpenedInAnEmergency() {
        AuditEntry opened = Entries.granted(
                AuditedInteraction.OPERATION,
                "$break-glass",
                Entries.clinician().in(EmergencyReason.ETREAT),
                List.of(new AuditedRecord("anna", "Patient", "anna", null)));
        assertThat(say(opened, Language.ENGLISH).sentence())
                .isEqualTo(
                        "23 Nov 2026, 13:00: A clinician of Heart Clinic opened your record for a short time, without"
                                + " your consent, for treatment in an emergency.");
        assertThat(say(opened, Language.GERMAN).sentence())
                .isEqualTo("23.11.2026, 13:00 Uhr: Eine Ärztin oder ein Arzt (Heart Clinic). Öffnung der Akte für kurze"
                        + " Zeit ohne Ihre Einwilligung, zur Behandlung in einem Notfall.");
        AuditEntry seen = Entries.granted(
                AuditedInteraction.READ, null, Entries.clinician().in(EmergencyReason.BTG), List.of(HEART_RATE));
        assertThat(say(seen, Language.ENGLISH).why()).isEqualTo("because care could not wait for your consent");
    }

    @Test
    void thePatientAlone() {
        Access access = say(
                Entries.granted(AuditedInteraction.READ, null, Entries.patient("anna"), List.of(HEART_RATE)),
                Language.ENGLISH);
        assertThat(access.self()).isTrue();
        assertThat(access.who()).isEqualTo("You");
    }

    @Test
    void anotherPatientIsNotOneself() {
        Access access = say(
                Entries.denied(AuditedInteraction.READ, Entries.patient("bernd"), "SN-COMPARTMENT-001", "anna"),
                Language.ENGLISH);
        assertThat(access.self()).isFalse();
        assertThat(access.refused()).isTrue();
        assertThat(access.sentence())
                .isEqualTo("23 Nov 2026, 13:00: Another patient wanted measurements and findings; this was refused"
                        + " because the record is not theirs, at the patient's own request.");
    }

    @Test
    void refusalTellsWhyWhenItConcernsThePatient() {
        AuditEntry entry = Entries.denied(AuditedInteraction.SEARCH, Entries.insurer(), "SN-CONSENT-001", "anna");
        assertThat(say(entry, Language.ENGLISH).sentence())
                .isEqualTo("23 Nov 2026, 13:00: A health insurer of Organization/insurer-1 wanted measurements and"
                        + " findings; this was refused because you have not permitted it, for payment by the insurer.");
        assertThat(say(entry, Language.GERMAN).sentence())
                .isEqualTo("23.11.2026, 13:00 Uhr: Eine Krankenversicherung (Organization/insurer-1). Abgelehnte"
                        + " Anfrage: Messwerte und Befunde (Sie haben es nicht erlaubt), zur Kostenübernahme durch die"
                        + " Versicherung.");
    }

    @Test
    void bulkAnswerTellsNothingOfOthers() {
        AuditEntry entry = Entries.granted(
                AuditedInteraction.BULK,
                "$vital-readings",
                Entries.job(),
                List.of(
                        new AuditedRecord("anna", "Observation", null, null),
                        new AuditedRecord("bernd", "Observation", null, null)));
        assertThat(say(entry, Language.ENGLISH).sentence())
                .contains("retrieved measurements and findings, together with those of other patients")
                .doesNotContain("bernd", "2 ");
    }

    @Test
    void anExportOfNamedPatientsTellsThatTheyWereNamed() {
        AuditEntry entry = Entries.granted(
                AuditedInteraction.BULK,
                "$export",
                Entries.insurer(),
                List.of(
                        new AuditedRecord("anna", "Patient", null, null),
                        new AuditedRecord("bernd", "Patient", null, null)));
        assertThat(say(entry, Language.ENGLISH).sentence())
                .contains("asked for an export in which you are named")
                .doesNotContain("bernd", "retrieved");
        assertThat(say(entry, Language.GERMAN).sentence())
                .contains("Anforderung eines Exports, in dem Sie genannt sind");
    }

    @Test
    void whatTheServerDidOfItselfIsSaidToBeItsOwn() {
        AuditEntry escalated = Entries.granted(
                AuditedInteraction.UPDATE,
                "question-escalation",
                AuditedCaller.server(),
                List.of(new AuditedRecord("anna", "Task", "task", "2")));
        assertThat(say(escalated, Language.ENGLISH).sentence())
                .isEqualTo(
                        "23 Nov 2026, 13:00: This server itself asked whoever is responsible next, because nobody had"
                                + " taken up your question in time: tasks (1), by a fixed rule.");
        assertThat(say(escalated, Language.GERMAN).sentence())
                .isEqualTo(
                        "23.11.2026, 13:00 Uhr: Dieser Server selbst. Weitergabe an die nächste zuständige Stelle, weil"
                                + " sich niemand rechtzeitig Ihrer Frage angenommen hat: Aufgaben (1), nach einer festen Regel.");
        AuditEntry decided = Entries.granted(
                AuditedInteraction.UPDATE, "sign-off-escalation", AuditedCaller.server(), List.of(HEART_RATE));
        assertThat(say(decided, Language.ENGLISH).sentence()).contains("because nobody had decided in time");
        assertThat(say(decided, Language.GERMAN).sentence()).contains("weil niemand rechtzeitig entschieden hat");
        AuditEntry raised = Entries.granted(
                AuditedInteraction.CREATE,
                "therapy-alert",
                AuditedCaller.server(),
                List.of(new AuditedRecord("anna", "Task", "task", "1")));
        assertThat(say(raised, Language.ENGLISH).sentence())
                .contains("asked the clinic that treats you to look, because answers met a rule of your therapy plan")
                .contains("tasks (1)");
        assertThat(say(raised, Language.GERMAN).sentence())
                .contains("weil Antworten eine Regel Ihres Therapieplans erfüllt haben: Aufgaben (1)");
        AuditEntry untold = Entries.entry(
                Entries.request(AuditedInteraction.OPERATION, "therapy-alert"),
                AuditedCaller.server(),
                new AuditOutcome.Denied("SN-CONSENT-001", "for this reason"),
                List.of(new AuditedRecord("anna", "QuestionnaireResponse", "answers", "1")));
        assertThat(say(untold, Language.ENGLISH).sentence())
                .isEqualTo(
                        "23 Nov 2026, 13:00: This server itself could tell no clinic that answers met a rule of your"
                                + " therapy plan because you have not permitted it: answers to questionnaires, by a fixed rule.");
        assertThat(say(untold, Language.GERMAN).sentence())
                .contains("Keine Praxis oder Klinik konnte erfahren, dass Antworten eine Regel Ihres Therapieplans"
                        + " erfüllt haben (Sie haben es nicht erlaubt): ");
        assertThat(say(untold, Language.ENGLISH).refused()).isTrue();
        AuditEntry overdue = Entries.granted(
                AuditedInteraction.UPDATE,
                "alert-escalation",
                AuditedCaller.server(),
                List.of(new AuditedRecord("anna", "Task", "task", "2")));
        assertThat(say(overdue, Language.ENGLISH).sentence()).contains("nobody had taken up your answers in time");
        assertThat(say(overdue, Language.GERMAN).sentence()).contains("rechtzeitig Ihrer Antworten angenommen hat");
        AuditEntry login = Entries.granted(
                AuditedInteraction.LOGIN,
                null,
                new AuditedCaller(null, "app", "somebody", null, null, null, null, null),
                List.of(HEART_RATE));
        assertThat(say(login, Language.ENGLISH).who()).isEqualTo("Somebody who was not identified");
    }

    @Test
    void searchThatFoundNothing() {
        AuditEntry entry = Entries.granted(
                AuditedInteraction.SEARCH,
                null,
                Entries.clinician(),
                List.of(new AuditedRecord("anna", "Condition", null, null)));
        assertThat(say(entry, Language.ENGLISH).sentence()).contains("looked for diagnoses and found none");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everythingHasItsWords(Language language) {
        for (CallerKind kind : CallerKind.values()) {
            assertThat(who(kind.claim(), language)).as(kind.claim()).isNotEqualTo(who("something-new", language));
        }
        for (AuditedInteraction interaction : AuditedInteraction.values()) {
            AuditEntry entry = Entries.granted(interaction, null, Entries.clinician(), List.of(HEART_RATE));
            assertThat(say(entry, language).sentence()).doesNotContain("{", "}", "null");
        }
        for (Purpose purpose : Purpose.values()) {
            assertThat(why(purpose.name(), language)).isNotEqualTo(why("OTHER", language));
        }
        for (String type : AccessMatrix.standard().resourceTypes()) {
            String other = say(record("SomethingNew"), language).what().replace("SomethingNew", type);
            assertThat(say(record(type), language).what()).as(type).isNotEqualTo(other);
        }
    }

    private static AuditEntry record(String type) {
        return Entries.granted(
                AuditedInteraction.READ, null, Entries.clinician(), List.of(new AuditedRecord("anna", type, "x", "1")));
    }

    private static String who(String kind, Language language) {
        return say(caller(kind, "TREAT"), language).who();
    }

    private static String why(String purpose, Language language) {
        return say(caller("insurer", purpose), language).why();
    }

    private static AuditEntry caller(String kind, String purpose) {
        AuditedCaller caller = new AuditedCaller(kind, "client", "subject", "token", null, purpose, null, null);
        return Entries.granted(AuditedInteraction.READ, null, caller, List.of(HEART_RATE));
    }

    private static Access say(AuditEntry entry, Language language) {
        return WORDS.say(entry, "anna", language);
    }
}
