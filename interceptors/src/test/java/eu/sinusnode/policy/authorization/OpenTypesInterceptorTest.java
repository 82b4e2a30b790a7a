package eu.sinusnode.policy.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types with rules of their own: appointments, calendars, documents, what patients tell; and types that are closed. */
class OpenTypesInterceptorTest {

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final Map<String, Object> clinic = Callers.clinicSystem(World.CLINIC);
    private final Map<String, Object> clinician = Callers.clinician(World.CLINIC);

    @BeforeEach
    void records() {
        server.given(Records.withId(new Organization(), World.CLINIC));
        server.given(Records.withId(new Organization(), World.OTHER_CLINIC));
        server.given(Records.withId(service(World.CLINIC), "rehab"));
        server.given(Records.withId(service(World.OTHER_CLINIC), "rehab-2"));
        server.given(Records.withId(schedule("rehab"), "mondays"));
        server.given(Records.withId(schedule("rehab-2"), "tuesdays"));
        server.given(Records.withId(appointment(World.ANNA), "visit-anna"));
    }

    // Closed types

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void aTypeThatIsNotOpenIsRefusedToEverybody(CallerKind kind) {
        Map<String, Object> claims = Callers.of(kind);
        Claim claim = Records.withId(new Claim(), "1");
        for (Answer answer : new Answer[] {
            server.get(claims, "Claim"),
            server.get(claims, "Claim/1"),
            server.get(claims, "Claim/1/_history/1"),
            server.get(claims, "Claim/$validate"),
            server.post(claims, "Claim", new Claim()),
            server.put(claims, "Claim/1", claim),
            server.delete(claims, "Claim/1"),
            server.post(claims, "", transaction(new Claim().setPatient(new Reference("Patient/anna"))))
        }) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("SN-TYPE-001");
        }
        assertThat(server.entries).hasSize(8).allSatisfy(entry -> assertThat(
                        Objects.requireNonNull(entry.caller()).kind())
                .isEqualTo(kind.claim()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nonsense", "observation", "%3Cscript%3E"})
    void whatIsNoTypeIsRefusedInPlainWords(String path) {
        Answer answer = server.get(clinician, path + "/1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("SN-TYPE-001");
        assertThat(answer.body()).doesNotContain("<script>");
    }

    // Appointments

    @Test
    void anAppointmentIsForThoseWhoMaySeeItsPatient() {
        server.given(Records.withId(appointment(World.BERND), "visit-bernd"));
        assertThat(server.get(clinician, "Appointment/visit-anna").status()).isEqualTo(200);
        assertThat(server.get(Callers.patient(World.ANNA), "Appointment/visit-anna")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(clinician, "Appointment/visit-bernd").status())
                .as("Bernd permits heart rates only")
                .isEqualTo(404);

        server.permits.permit(World.BERND, World.CLINIC, Purpose.TREAT);

        assertThat(server.get(clinician, "Appointment/visit-bernd").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient=anna", "actor=Patient/anna", "patient=Patient/anna&actor=Patient/anna"})
    void anAppointmentIsFoundByItsPatientUnderEitherName(String search) {
        server.get(clinician, "Appointment?" + search + "&practitioner=Practitioner/p");

        assertThat(server.provider("Appointment").lastSearch.get("patient")).containsExactly("Patient/anna");
        assertThat(server.provider("Appointment").lastSearch.get("practitioner"))
                .as("the other condition stays")
                .containsExactly("Practitioner/p");
        assertThat(server.provider("Appointment").lastSearch).doesNotContainKey("actor");
    }

    @Test
    void anActorWhoIsNoPatientStaysAConditionBesideTheCompartment() {
        server.get(Callers.patient(World.ANNA), "Appointment?actor=Practitioner/p");

        assertThat(server.provider("Appointment").lastSearch.get("patient")).containsExactly("Patient/anna");
        assertThat(server.provider("Appointment").lastSearch.get("actor")).containsExactly("Practitioner/p");
    }

    /** The answer does not depend on whether the second patient is there, hidden or unknown. */
    @ParameterizedTest
    @ValueSource(strings = {World.BERND, World.DORA, "nobody"})
    void aRecordThatSeveralPatientsWouldShareIsNotStored(String second) {
        server.given(Records.patient(World.ANNA));
        server.given(Records.patient(World.DORA));
        Account account = new Account();
        account.addSubject(new Reference("Patient/anna")).addSubject(new Reference("Patient/" + second));

        for (Map<String, Object> writer : List.of(clinic, Callers.administrator())) {
            for (Resource shared : List.of(appointment(World.ANNA, second), account)) {
                Answer answer = server.post(writer, shared.fhirType(), shared);
                assertThat(answer.status()).isEqualTo(422);
                assertThat(answer.code()).isEqualTo("SN-REFERENCE-002");
                assertThat(answer.body()).contains("one for each").doesNotContain(second);
            }
        }
        Communication message = new Communication()
                .setSubject(new Reference("Patient/anna"))
                .addRecipient(new Reference("Patient/" + second));
        assertThat(server.post(clinic, "Communication", message).code()).isEqualTo("SN-REFERENCE-001");
        server.given(Records.withId(Records.heartRate(second), "hr-second"));
        server.given(Records.withId(Records.heartRate(World.ANNA), "hr-anna"));
        assertThat(server.post(
                                Callers.administrator(),
                                "Provenance",
                                Records.provenance("Observation/hr-anna")
                                        .addTarget(new Reference("Observation/hr-second")))
                        .code())
                .isEqualTo("SN-REFERENCE-001");
        assertThat(server.provider("Appointment").size())
                .as("the one of the world")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"actor=Patient/bernd", "patient=bernd", "patient=anna&actor=Patient/bernd"})
    void aPatientFindsNoAppointmentOfAnother(String search) {
        assertThat(server.get(Callers.patient(World.ANNA), "Appointment?" + search)
                        .foundIds())
                .isEmpty();
    }

    @Test
    void anAppointmentNamesAPatientAndNobodyElses() {
        server.given(Records.patient(World.ANNA));
        assertThat(server.post(clinic, "Appointment", appointment(World.ANNA)).status())
                .isEqualTo(201);
        assertThat(server.post(clinic, "Appointment", appointment(World.ANNA, World.DORA))
                        .code())
                .isEqualTo("SN-REFERENCE-002");
        assertThat(server.post(clinic, "Appointment", appointment(World.DORA)).code())
                .isEqualTo("SN-REFERENCE-001");
        assertThat(server.post(clinic, "Appointment", new Appointment()).code()).isEqualTo("SN-REFERENCE-001");
    }

    // Calendars

    @Test
    void aClinicWritesItsOwnCalendarsOnly() {
        assertThat(server.post(clinic, "Schedule", schedule("rehab")).status()).isEqualTo(201);
        assertThat(server.post(clinic, "Slot", slot("mondays")).status()).isEqualTo(201);

        assertThat(server.post(clinic, "Schedule", schedule("rehab-2")).code()).isEqualTo("SN-CONTENT-001");
        assertThat(server.post(clinic, "Schedule", new Schedule()).code()).isEqualTo("SN-CONTENT-001");
        assertThat(server.post(clinic, "Slot", slot("tuesdays")).code()).isEqualTo("SN-CONTENT-001");
        assertThat(server.put(clinic, "Schedule/tuesdays", Records.withId(schedule("rehab"), "tuesdays"))
                        .code())
                .as("to take over another clinic's calendar")
                .isEqualTo("SN-CONTENT-001");
        assertThat(server.get(clinic, "Schedule/tuesdays").status()).isEqualTo(200);
    }

    @Test
    void theDirectorySpeaksOfNoPatient() {
        server.given(Records.patient(World.ANNA));
        Schedule ofPatient = schedule("rehab");
        ofPatient.addActor(new Reference("Patient/" + World.ANNA));

        assertThat(server.post(Callers.administrator(), "Schedule", ofPatient).code())
                .isEqualTo("SN-REFERENCE-001");
    }

    // Documents

    @Test
    void aDocumentIsReadWholeByThoseWhoMayHaveItsSubject() {
        Bundle document = Records.withId(
                Records.document(World.ANNA, Records.heartRate(World.ANNA), Records.patient(World.ANNA)), "letter");
        server.given(document);

        Answer read = server.get(clinician, "Bundle/letter");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.bundle().getEntry()).hasSize(3).allSatisfy(entry -> assertThat(entry.hasResource())
                .isTrue());
        assertThat(server.entries.get(0).records()).singleElement().satisfies(record -> {
            assertThat(record.type()).isEqualTo("Bundle");
            assertThat(record.patientId()).isEqualTo(World.ANNA);
        });
        Answer found = server.get(clinician, "Bundle?patient=anna");
        assertThat(found.foundIds()).containsExactly("letter");
        assertThat(((Bundle) found.bundle().getEntryFirstRep().getResource()).getEntry())
                .allSatisfy(entry -> assertThat(entry.hasResource()).isTrue());
        assertThat(server.get(Callers.patient(World.BERND), "Bundle/letter").status())
                .isEqualTo(404);
        assertThat(server.get(Callers.clinician(World.OTHER_CLINIC), "Bundle/letter")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aDocumentHoldsNothingOfAnother() {
        server.given(Records.patient(World.ANNA));
        server.given(Records.patient(World.BERND));
        assertThat(server.post(clinic, "Bundle", Records.document(World.ANNA, Records.heartRate(World.ANNA)))
                        .status())
                .isEqualTo(201);
        assertThat(server.post(clinic, "Bundle", Records.document(World.ANNA, Records.heartRate(World.BERND)))
                        .code())
                .isEqualTo("SN-REFERENCE-001");
        assertThat(server.post(clinic, "Bundle", new Bundle().setType(BundleType.COLLECTION))
                        .code())
                .isEqualTo("SN-REFERENCE-001");
    }

    @Test
    void aDocumentHoldsNothingThatIsNotSignedYet() {
        server.given(Records.patient(World.ANNA));
        Bundle withFlag = Records.document(World.ANNA, Records.flag(World.ANNA, ObservationStatus.PRELIMINARY));
        Bundle draft = Records.document(World.ANNA);
        ((Composition) draft.getEntryFirstRep().getResource()).setStatus(CompositionStatus.PRELIMINARY);

        for (Bundle unsigned : List.of(withFlag, draft)) {
            assertThat(server.post(clinic, "Bundle", unsigned).code()).isEqualTo("SN-PROFILE-001");
        }
        assertThat(server.post(
                                clinic,
                                "Bundle",
                                Records.document(World.ANNA, Records.flag(World.ANNA, ObservationStatus.FINAL)))
                        .status())
                .isEqualTo(201);
    }

    // What patients tell, and what is not signed

    @Test
    void aPatientAnswersQuestionnairesAsThemself() {
        server.given(Records.patient(World.ANNA));
        Map<String, Object> anna = Callers.patient(World.ANNA);
        assertThat(server.post(anna, "QuestionnaireResponse", answers("Patient/anna"))
                        .status())
                .isEqualTo(201);
        assertThat(server.post(anna, "QuestionnaireResponse", answers("Practitioner/p"))
                        .code())
                .isEqualTo("SN-CONTENT-001");
        assertThat(server.post(anna, "QuestionnaireResponse", answers(null)).code())
                .isEqualTo("SN-CONTENT-001");
        QuestionnaireResponse ofBernd = answers("Patient/anna");
        ofBernd.setSubject(new Reference("Patient/bernd"));
        assertThat(server.post(anna, "QuestionnaireResponse", ofBernd).code()).isEqualTo("SN-REFERENCE-001");
    }

    @Test
    void anUnsignedReportIsForTheClinicAlone() {
        DiagnosticReport report = new DiagnosticReport()
                .setStatus(DiagnosticReportStatus.PRELIMINARY)
                .setSubject(new Reference("Patient/anna"));
        server.given(Records.withId(report, "early"));

        assertThat(server.get(clinician, "DiagnosticReport/early").status()).isEqualTo(200);
        assertThat(server.get(Callers.patient(World.ANNA), "DiagnosticReport/early")
                        .status())
                .isEqualTo(404);
        server.get(Callers.patient(World.ANNA), "DiagnosticReport?patient=anna");
        assertThat(server.provider("DiagnosticReport").lastSearch.get("status"))
                .containsExactly("amended,appended,corrected,entered-in-error,final");
    }

    @Test
    void aPermitForSomeDrugsLimitsThePrescriptionsThatAreFound() {
        server.permits.permit(World.BERND, World.INSURER, Purpose.HPAYMT, "MedicationRequest", "urn:atc", "C07AB02");
        MedicationRequest permitted = new MedicationRequest()
                .setSubject(new Reference("Patient/bernd"))
                .setMedication(Records.concept("urn:atc", "C07AB02"));
        server.given(Records.withId(permitted, "metoprolol"));
        MedicationRequest other = permitted.copy();
        server.given(Records.withId(other.setMedication(Records.concept("urn:atc", "N06AB04")), "other"));
        server.given(Records.withId(permitted.copy().setMedication(new Reference("Medication/x")), "by-reference"));

        assertThat(server.get(Callers.insurer(), "MedicationRequest/metoprolol").status())
                .isEqualTo(200);
        assertThat(server.get(Callers.insurer(), "MedicationRequest/other").status())
                .isEqualTo(404);
        assertThat(server.get(Callers.insurer(), "MedicationRequest/by-reference")
                        .status())
                .isEqualTo(404);
        server.get(Callers.insurer(), "MedicationRequest?patient=bernd");
        assertThat(server.provider("MedicationRequest").lastSearch.get("code")).containsExactly("urn:atc|C07AB02");
    }

    private static Appointment appointment(String... patients) {
        Appointment appointment = new Appointment();
        for (String patient : patients) {
            appointment.addParticipant().setActor(new Reference("Patient/" + patient));
        }
        return appointment;
    }

    private static HealthcareService service(String clinic) {
        return new HealthcareService().setProvidedBy(new Reference("Organization/" + clinic));
    }

    private static Schedule schedule(String service) {
        return new Schedule().addActor(new Reference("HealthcareService/" + service));
    }

    private static Slot slot(String schedule) {
        return new Slot().setSchedule(new Reference("Schedule/" + schedule));
    }

    private static QuestionnaireResponse answers(@Nullable String author) {
        QuestionnaireResponse answers = new QuestionnaireResponse().setSubject(new Reference("Patient/anna"));
        return author == null ? answers : answers.setAuthor(new Reference(author));
    }

    private static Bundle transaction(Claim claim) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        bundle.addEntry()
                .setResource(claim)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Claim");
        return bundle;
    }
}
