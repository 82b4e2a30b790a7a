package eu.sinusnode.therapy.print;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.Programmes;
import java.util.Optional;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanSheetTest {

    private final ExamplePlan example = new ExamplePlan();

    private Pages sheet(PrintLanguage language) throws Exception {
        return Pages.of(new PlanSheet(example.printed(), language).page());
    }

    @Test
    void inGermanItSaysWhatToDoWhenAndWhenToStop() throws Exception {
        Pages page = sheet(PrintLanguage.DE);
        page.isAccessible("de");
        assertThat(page.text())
                .contains(
                        "Ihr Therapieplan",
                        "Jürgen Weiß",
                        "9. März 1961",
                        "Bluthochdruck, 12 Wochen",
                        "3 vom 20. November 2026")
                .contains("Dr. Özlem Groß", "Herzzentrum Köln")
                .contains("oberer Blutdruckwert (systolisch): 120 bis 129 mmHg", "24. Januar 2027")
                .contains("2-mal am Tag", "etwa 7:30, 21:00", "5-mal in der Woche, je 30 Minuten")
                .contains(
                        "Bisoprolol 2,5 mg",
                        "0,5 Tabletten",
                        "einmal am Tag: vor dem Frühstück",
                        "Mit einem Glas Wasser")
                .contains("Rufen Sie sofort 112 an.", "Schmerz in der Brust: Hören Sie auf und ruhen Sie")
                .contains("Höchstens 5 g Salz am Tag", "Lerneinheit: Blutdruck messen")
                .contains("Donnerstag, 3. Dezember 2026, 15:00 Uhr")
                .doesNotContain("mm[Hg]", "nicht alles");
    }

    @Test
    void inEnglishItSaysTheSame() throws Exception {
        Pages page = sheet(PrintLanguage.EN);
        page.isAccessible("en");
        assertThat(page.text())
                .contains("Your therapy plan", "Jürgen Weiß", "9 March 1961", "Hypertension, 12 weeks")
                .contains(
                        "upper blood pressure value (systolic): 120 to 129 mmHg", "2 times a day", "about 7:30, 21:00")
                .contains("5 times a week, 30 minutes each", "0.5 tablets", "once a day: before breakfast")
                .contains("Call 112 at once.", "Stop: pain in the chest", "Thursday, 3 December 2026, 15:00");
    }

    @Test
    void theGuidelinesOfTheProgrammeStandOnItWithItsVersion() throws Exception {
        PlanDefinition programme = Programmes.resources(FhirContext.forR4Cached()).stream()
                .filter(PlanDefinition.class::isInstance)
                .map(PlanDefinition.class::cast)
                .filter(each -> each.getUrl().endsWith("/hypertension"))
                .findFirst()
                .orElseThrow();
        assertThat(Pages.of(new PlanSheet(example.printed(Optional.of(programme)), PrintLanguage.DE).page())
                        .text())
                .contains(
                        "Bluthochdruck, 12 Wochen, Fassung 1.2.0", "2024 ESC Guidelines", "10.1093/eurheartj/ehae178");
        assertThat(sheet(PrintLanguage.DE).text())
                .contains("Woraus dieser Plan gemacht wurde, ist hier nicht angegeben.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</style><img src=\"http://attacker.example/x.png\"/>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
                "\" onload=\"alert(1)",
                "@import url('http://attacker.example/x.css');",
                "]]><svg onload=alert(1)>",
                "{0} ' {99}"
            })
    void whatARecordSaysIsTextAndNothingElse(String attack) throws Exception {
        example.plan.setTitle(attack);
        example.patient.getNameFirstRep().setText(attack);
        example.plan.getActivity().get(0).getDetail().setDescription(attack);
        example.goals.get(0).getDescription().setText(attack);
        example.orders.get(0).setPatientInstruction(attack).getCode().setText(attack);
        example.prescriptions.get(0).getDosageInstructionFirstRep().setText(attack);
        example.contacts = new PrintedPlan.Contacts(attack, attack, attack);
        example.appointments.get(0).setDescription(attack);
        Pages page = sheet(PrintLanguage.DE);
        assertThat(page.text()).contains(attack);
        for (String element : new String[] {"script", "img", "svg", "link", "a", "object", "iframe"}) {
            assertThat(page.all(element)).as(element).isEmpty();
        }
        assertThat(page.all("style")).containsExactly(PlanSheet.stylesheet());
    }

    @Test
    void charactersThatXmlDoesNotHaveBreakNothing() throws Exception {
        example.plan.setTitle("a\u0000b\u0008c\uD800d\uFFFFe \uD83E\uDEC0");
        assertThat(sheet(PrintLanguage.EN).text()).contains("a?b?c?d?e \uD83E\uDEC0");
    }

    @Test
    void aDraftAndAPlanThatIsOverSaySo() throws Exception {
        example.plan.setStatus(CarePlanStatus.DRAFT);
        assertThat(sheet(PrintLanguage.EN).text())
                .contains("This is a draft.")
                .contains("Draft")
                .doesNotContain("Active");
        example.plan.setStatus(CarePlanStatus.REVOKED);
        assertThat(sheet(PrintLanguage.EN).text()).contains("This plan does not hold at present.");
    }

    @Test
    void whatIsNotSaidIsNotGuessed() throws Exception {
        example.prescriptions.get(0).getDosageInstruction().clear();
        example.contacts = new PrintedPlan.Contacts(null, null, null);
        example.complete = false;
        example.patient.getName().clear();
        example.patient.setBirthDate(null);
        assertThat(sheet(PrintLanguage.DE).text())
                .contains("nicht angegeben: bitte fragen", "Telefon nicht angegeben", "nicht alles, was der Plan nennt")
                .doesNotContain("null");
        example.prescriptions.clear();
        assertThat(sheet(PrintLanguage.DE).text()).contains("Hier ist keine Verordnung angegeben.");
    }

    @Test
    void oneTabletIsOneTablet() throws Exception {
        example.prescriptions
                .get(0)
                .getDosageInstructionFirstRep()
                .getDoseAndRateFirstRep()
                .getDoseQuantity()
                .setValue(1);
        assertThat(sheet(PrintLanguage.DE).all("td")).contains("1 Tablette");
        assertThat(sheet(PrintLanguage.EN).all("td")).contains("1 tablet");
    }

    @Test
    void whatHasEndedIsNotAskedForAndWhatIsPausedSaysSo() throws Exception {
        example.prescriptions.get(0).setStatus(MedicationRequestStatus.ONHOLD);
        example.prescription("Marcumar").setStatus(MedicationRequestStatus.STOPPED);
        example.prescription("Statin").setIntent(MedicationRequestIntent.PROPOSAL);
        example.orders.get(1).setStatus(ServiceRequestStatus.REVOKED);
        assertThat(sheet(PrintLanguage.DE).text())
                .contains("Bisoprolol 2,5 mg (unterbrochen: vor der Einnahme fragen)")
                .doesNotContain("Marcumar", "Statin", "Zügiges Gehen");
    }
}
