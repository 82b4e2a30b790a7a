package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code $book}, {@code $reschedule} and {@code $cancel} in the calendar of a video consultation. */
class AppointmentIT extends RunningServer {

    private static final int CROWD = 50;
    private static final int ROUNDS = 12;
    private static final int AT_ONCE = 6;
    private static int wards;

    private String name = "";
    private String patient = "";
    private String clinic = "";

    @BeforeEach
    void aCalendar() {
        name = "appointments-" + wards++;
        patient = Ward.open(name);
        clinic = TOKENS.clinicSystem(Records.CLINIC);
        load(Records.transaction(service(Records.CLINIC), schedule()));
    }

    private String id(String what) {
        return Records.id(name + "-" + what);
    }

    private HealthcareService service(String organization) {
        HealthcareService service = new HealthcareService();
        service.setId(id("service"));
        service.setActive(true)
                .setName("Video consultation")
                .setProvidedBy(new Reference("Organization/" + organization));
        return service;
    }

    private Schedule schedule() {
        return schedule("schedule");
    }

    private Schedule schedule(String what) {
        Schedule schedule = new Schedule();
        schedule.setId(id(what));
        schedule.setActive(true).addActor(new Reference("HealthcareService/" + id("service")));
        return schedule;
    }

    /** @param minutes after midday in three days */
    private String slot(int minutes, int length) {
        Instant start = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(3, ChronoUnit.DAYS)
                .plus(720L + minutes, ChronoUnit.MINUTES);
        return slot("slot-" + minutes + "-" + length, start, length);
    }

    private String slot(String what, Instant start, int length) {
        return slot("schedule", what, start, length);
    }

    /** As {@link #slot(int, int)}, in a second calendar. */
    private String elsewhere(int minutes, int length) {
        load(Records.transaction(schedule("elsewhere")));
        Instant start = Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(3, ChronoUnit.DAYS)
                .plus(720L + minutes, ChronoUnit.MINUTES);
        return slot("elsewhere", "elsewhere-" + minutes + "-" + length, start, length);
    }

    private String slot(String schedule, String what, Instant start, int length) {
        Slot slot = new Slot();
        slot.setId(id(what));
        slot.setSchedule(new Reference("Schedule/" + id(schedule))).setStatus(SlotStatus.FREE);
        slot.setStart(Date.from(start)).setEnd(Date.from(start.plus(length, ChronoUnit.MINUTES)));
        load(Records.transaction(slot));
        return slot.getIdElement().getIdPart();
    }

    private String version(String path) {
        return current(path).getIdElement().getVersionIdPart();
    }

    private Resource current(String path) {
        return (Resource) get(path, clinic).resource();
    }

    private SlotStatus status(String slot) {
        return ((Slot) current("/Slot/" + slot)).getStatus();
    }

    private Parameters order(String slot) {
        return new Parameters()
                .addParameter("slot", new Reference("Slot/" + slot))
                .addParameter("version", new IdType(version("/Slot/" + slot)));
    }

    private Answer book(String token, Parameters order) {
        return post("/Appointment/$book", token, order);
    }

    private Appointment booked(String slot) {
        Answer answer = book(TOKENS.patient(patient), order(slot));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (Appointment) answer.resource();
    }

    private Answer change(Appointment appointment, String operation, String token, Parameters order) {
        return post("/Appointment/" + appointment.getIdElement().getIdPart() + "/" + operation, token, order);
    }

    private static Parameters in(Appointment appointment) {
        return new Parameters()
                .addParameter("version", new IdType(appointment.getIdElement().getVersionIdPart()));
    }

    private Parameters to(Appointment appointment, String slot) {
        return in(appointment)
                .addParameter("slot", new Reference("Slot/" + slot))
                .addParameter("slot-version", new IdType(version("/Slot/" + slot)));
    }

    private void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(code);
    }

    @Test
    void aPatientTakesAFreeTime() {
        String slot = slot(0, 20);
        Appointment booked = booked(slot);
        assertThat(booked.getStatus()).isEqualTo(AppointmentStatus.BOOKED);
        assertThat(booked.getSlotFirstRep().getReference()).isEqualTo("Slot/" + slot);
        assertThat(booked.getEnd().getTime() - booked.getStart().getTime()).isEqualTo(20 * 60_000L);
        assertThat(booked.getParticipant())
                .extracting(participant -> participant.getActor().getReference())
                .containsExactly("Patient/" + patient, "HealthcareService/" + id("service"));
        assertThat(booked.getParticipant())
                .extracting(Appointment.AppointmentParticipantComponent::getStatus)
                .containsOnly(ParticipationStatus.ACCEPTED);
        assertThat(status(slot)).isEqualTo(SlotStatus.BUSY);
        assertThat(current("/Appointment/" + booked.getIdElement().getIdPart())
                        .getIdElement()
                        .getIdPart())
                .as("the clinic sees it")
                .isEqualTo(booked.getIdElement().getIdPart());
        Answer valid = post("/Appointment/$validate", clinic, booked);
        assertThat(valid.body()).doesNotContain("\"error\"");
    }

    @Test
    void theSameRequestAgainBooksNothingMore() {
        String slot = slot(0, 20);
        Parameters order = order(slot);
        Answer first = book(TOKENS.patient(patient), order);
        Answer again = book(TOKENS.patient(patient), order);
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.resource().getIdElement().getValue())
                .isEqualTo(first.resource().getIdElement().getValue());
        assertThat(get("/Appointment?patient=" + patient, clinic).bundle().getEntry())
                .hasSize(1);
    }

    @Test
    void ofFiftyWhoWantOneTimeOneGetsIt() throws Exception {
        List<String> patients = new ArrayList<>(List.of(patient));
        for (int i = 1; i < 5; i++) {
            patients.add(Ward.open(name + "-" + i));
        }
        // Two Slots of one calendar at the same time: whoever takes one has taken both.
        String slot = slot(0, 20);
        String overlapping = slot(10, 20);
        Parameters one = order(slot);
        Parameters other = order(overlapping);
        List<String> tokens = IntStream.range(0, CROWD)
                .mapToObj(i -> TOKENS.patient(patients.get(i % patients.size())))
                .toList();
        List<Answer> answers =
                AtOnce.answers(CROWD, i -> book(tokens.get(i), i / patients.size() % 2 == 0 ? one : other));
        List<Answer> taken =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(taken)
                .extracting(answer -> answer.resource().getIdElement().getIdPart())
                .as("one appointment, whoever asked for it again")
                .isNotEmpty()
                .containsOnly(taken.get(0).resource().getIdElement().getIdPart());
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .isNotEmpty()
                .allSatisfy(answer -> assertRefused(answer, 409, "SN-APPOINTMENT-002"));
        assertThat(List.of(status(slot), status(overlapping)))
                .containsExactlyInAnyOrder(SlotStatus.BUSY, SlotStatus.FREE);
        long appointments = patients.stream()
                .mapToLong(each -> get("/Appointment?patient=" + each, clinic)
                        .bundle()
                        .getEntry()
                        .size())
                .sum();
        assertThat(appointments).isEqualTo(1);
    }

    @Test
    void aTimeThatIsOverTakenOrChangedIsNotHad() {
        String over = slot("over", Instant.now().minus(1, ChronoUnit.HOURS), 20);
        assertRefused(book(TOKENS.patient(patient), order(over)), 409, "SN-APPOINTMENT-002");
        String slot = slot(0, 20);
        Parameters old = order(slot);
        Slot changed = (Slot) current("/Slot/" + slot);
        changed.setMeta(null);
        changed.setComment("in room 2");
        assertThat(put("/Slot/" + slot, clinic, changed).status()).isEqualTo(200);
        assertRefused(book(TOKENS.patient(patient), old), 409, "SN-APPOINTMENT-002");
        assertThat(status(slot)).isEqualTo(SlotStatus.FREE);
        booked(slot);
        assertRefused(book(TOKENS.patient(Ward.open(name + "-late")), order(slot)), 409, "SN-APPOINTMENT-002");
    }

    @Test
    void aTimeThatAClinicGaveAwayWithoutMarkingItIsTaken() {
        String slot = slot(0, 20);
        Appointment byHand = new Appointment();
        byHand.setStatus(AppointmentStatus.BOOKED).addSlot(new Reference("Slot/" + slot));
        Slot there = (Slot) current("/Slot/" + slot);
        byHand.setStart(there.getStart()).setEnd(there.getEnd());
        byHand.addParticipant()
                .setActor(new Reference("Patient/" + Ward.open(name + "-first")))
                .setStatus(ParticipationStatus.ACCEPTED);
        Answer stored = post("/Appointment", clinic, byHand);
        assertThat(stored.status()).as(stored.body()).isEqualTo(201);
        assertRefused(book(TOKENS.patient(patient), order(slot)), 409, "SN-APPOINTMENT-002");
    }

    @Test
    void whatAPlanProposedIsBooked() {
        String slot = slot(0, 20);
        Appointment proposed = new Appointment();
        proposed.setStatus(AppointmentStatus.PROPOSED).setDescription("Video call of week 4");
        proposed.addParticipant()
                .setActor(new Reference("Patient/" + patient))
                .setStatus(ParticipationStatus.NEEDSACTION);
        Answer stored = post("/Appointment", clinic, proposed);
        assertThat(stored.status()).as(stored.body()).isEqualTo(201);
        String appointment = stored.resource().getIdElement().getIdPart();
        Parameters order = order(slot).addParameter("appointment", new Reference("Appointment/" + appointment));
        Answer answer = book(TOKENS.patient(patient), order);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Appointment booked = (Appointment) answer.resource();
        assertThat(booked.getIdElement().getIdPart()).isEqualTo(appointment);
        assertThat(booked.getDescription()).isEqualTo("Video call of week 4");
        assertThat(booked.getStatus()).isEqualTo(AppointmentStatus.BOOKED);
        assertThat(book(TOKENS.patient(patient), order).status())
                .as("sent again")
                .isEqualTo(200);
    }

    @Test
    void anotherTimeFreesTheFirstOne() {
        String first = slot(0, 20);
        String second = slot(60, 20);
        Appointment booked = booked(first);
        Answer answer = change(booked, "$reschedule", TOKENS.patient(patient), to(booked, second));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Appointment moved = (Appointment) answer.resource();
        assertThat(moved.getSlot()).hasSize(1);
        assertThat(moved.getSlotFirstRep().getReference()).isEqualTo("Slot/" + second);
        assertThat(moved.getParticipant()).hasSize(2);
        assertThat(status(first)).isEqualTo(SlotStatus.FREE);
        assertThat(status(second)).isEqualTo(SlotStatus.BUSY);
        assertRefused(
                change(booked, "$reschedule", TOKENS.patient(patient), to(booked, first)), 409, "SN-APPOINTMENT-003");
    }

    @Test
    void aCancelledTimeIsFreeForOthers() {
        String slot = slot(0, 20);
        Appointment booked = booked(slot);
        Answer answer = change(booked, "$cancel", TOKENS.patient(patient), in(booked));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Appointment cancelled = (Appointment) answer.resource();
        assertThat(cancelled.getStatus()).isEqualTo(AppointmentStatus.CANCELLED);
        assertThat(cancelled.getCancelationReason().getCodingFirstRep().getCode())
                .isEqualTo("pat");
        assertThat(status(slot)).isEqualTo(SlotStatus.FREE);
        assertRefused(change(cancelled, "$cancel", TOKENS.patient(patient), in(cancelled)), 409, "SN-APPOINTMENT-003");
        booked(slot);
    }

    @Test
    void aClinicCancelsWithItsReason() {
        Appointment booked = booked(slot(0, 20));
        Parameters order = in(booked).addParameter("reason", new CodeType("maint"));
        Answer answer = change(booked, "$cancel", TOKENS.clinician(Records.CLINIC), order);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(((Appointment) answer.resource())
                        .getCancelationReason()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("maint");
    }

    @Test
    void onlyClinicsThatWillSeeItAreBooked() {
        String slot = slot(0, 20);
        String stranger = Ward.hidden(name + "-hidden");
        assertRefused(book(TOKENS.patient(stranger), order(slot)), 422, "SN-APPOINTMENT-004");
        Consent consent = Ward.consent(name);
        consent.setStatus(Consent.ConsentState.INACTIVE);
        load(Records.transaction(consent));
        assertRefused(book(TOKENS.patient(patient), order(slot)), 422, "SN-APPOINTMENT-004");
        assertThat(status(slot)).isEqualTo(SlotStatus.FREE);
    }

    @Test
    void aClinicBooksItsOwnCalendarsForItsOwnPatients() {
        String slot = slot(0, 20);
        Parameters order = order(slot).addParameter("patient", new Reference("Patient/" + patient));
        for (String other : List.of(Ward.hidden(name + "-hidden"), Records.id(name + "-nobody"))) {
            Answer hidden = book(clinic, order(slot).addParameter("patient", new Reference("Patient/" + other)));
            assertThat(hidden.status()).as(hidden.body()).isEqualTo(404);
            assertThat(hidden.body()).contains("Resource Patient/" + other + " is not known");
        }
        load(Records.transaction(service(Records.CENTRE)));
        assertRefused(book(clinic, order), 422, "SN-APPOINTMENT-004");
        load(Records.transaction(service(Records.CLINIC)));
        Answer answer = book(clinic, order);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void oneSeesAndChangesNobodyElsesAppointment() {
        Appointment booked = booked(slot(0, 20));
        String other = TOKENS.patient(Ward.open(name + "-other"));
        assertThat(change(booked, "$cancel", other, in(booked)).status()).isEqualTo(404);
        assertThat(change(booked, "$reschedule", other, to(booked, slot(60, 20)))
                        .status())
                .isEqualTo(404);
        Answer forAnother =
                book(other, order(slot(120, 20)).addParameter("patient", new Reference("Patient/" + patient)));
        assertThat(forAnother.status()).as(forAnother.body()).isEqualTo(404);
    }

    @Test
    void formsThatAreNotTaken() {
        String token = TOKENS.patient(patient);
        String slot = slot(0, 20);
        for (Parameters order : List.of(
                new Parameters(),
                new Parameters().addParameter("slot", new Reference("Slot/" + slot)),
                order(slot).addParameter("when", new CodeType("soon")),
                order(slot).addParameter("slot", new Reference("Slot/" + slot)),
                order(slot).addParameter("patient", new Reference("Patient?name=a")),
                new Parameters()
                        .addParameter("slot", new Reference("Schedule/" + slot))
                        .addParameter("version", new IdType("1")))) {
            assertRefused(book(token, order), 400, "SN-APPOINTMENT-001");
        }
        assertThat(book(
                                token,
                                new Parameters()
                                        .addParameter("slot", new Reference("Slot/" + Records.id("no such slot")))
                                        .addParameter("version", new IdType("1")))
                        .status())
                .isEqualTo(404);
        String reading = TOKENS.token(CallerKind.PATIENT, claims -> claims.claim("patient", patient)
                .claim("fhirUser", "Patient/" + patient)
                .claim("scope", "patient/Appointment.rs"));
        assertRefused(book(reading, order(slot)), 403, "SN-SCOPE-001");
    }

    @Test
    void theAuditKnowsWhatWasBookedAndWhatWasRefused() {
        String slot = slot(0, 20);
        Answer answer = book(TOKENS.patient(patient), order(slot));
        String appointment = answer.resource().getIdElement().getIdPart();
        assertThat(Audited.by(answer)).anySatisfy(event -> assertThat(event.getEntity())
                .extracting(entity -> entity.getWhat().getReference())
                .anyMatch(what -> what != null && what.startsWith("Appointment/" + appointment)));
        Answer refused = change(
                (Appointment) answer.resource(), "$cancel", TOKENS.patient(Ward.open(name + "-x")), in((Appointment)
                        answer.resource()));
        assertThat(Audited.by(refused)).isNotEmpty();
    }

    private static Parameters accepted(Parameters order) {
        return order.addParameter("overlap", new CodeType("accepted"));
    }

    @Test
    void anAppointmentsOwnTimeDoesNotStandInItsWay() {
        String first = slot(0, 20);
        String overlapping = slot(10, 20);
        Appointment booked = booked(first);
        Answer answer = change(booked, "$reschedule", TOKENS.patient(patient), to(booked, overlapping));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(status(first)).isEqualTo(SlotStatus.FREE);
        assertThat(status(overlapping)).isEqualTo(SlotStatus.BUSY);
        assertRefused(book(TOKENS.patient(Ward.open(name + "-next")), order(first)), 409, "SN-APPOINTMENT-002");
    }

    @Test
    void whoHasAnotherAppointmentAtTheTimeIsToldAndMayMeanIt() {
        Appointment booked = booked(slot(0, 20));
        String other = elsewhere(10, 20);
        String token = TOKENS.patient(patient);
        Answer told = book(token, order(other));
        assertRefused(told, 409, "SN-APPOINTMENT-005");
        assertThat(told.body()).contains("overlap=accepted");
        assertThat(status(other)).isEqualTo(SlotStatus.FREE);
        assertRefused(
                book(token, order(other).addParameter("overlap", new CodeType("maybe"))), 400, "SN-APPOINTMENT-001");
        assertThat(book(token, order(elsewhere(20, 20))).status())
                .as("one begins when the other ends")
                .isEqualTo(200);
        Answer meant = book(token, accepted(order(elsewhere(5, 10))));
        assertThat(meant.status()).as(meant.body()).isEqualTo(200);

        String late = slot(300, 20);
        assertThat(book(token, order(elsewhere(300, 20))).status()).isEqualTo(200);
        assertRefused(change(booked, "$reschedule", token, to(booked, late)), 409, "SN-APPOINTMENT-005");
        assertThat(change(booked, "$reschedule", token, accepted(to(booked, late)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aClinicIsToldOfNoAppointmentThatItMayNotSee() {
        String hidden = booked(slot(0, 20)).getIdElement().getIdPart();
        Parameters order = order(elsewhere(10, 20)).addParameter("patient", new Reference("Patient/" + patient));
        assertRefused(book(clinic, order), 409, "SN-APPOINTMENT-005");
        Consent consent = Ward.consent(name);
        consent.getProvision()
                .getProvisionFirstRep()
                .addProvision()
                .setType(Consent.ConsentProvisionType.DENY)
                .addData()
                .setMeaning(Consent.ConsentDataMeaning.INSTANCE)
                .setReference(new Reference("Appointment/" + hidden));
        load(Records.transaction(consent));
        assertThat(get("/Appointment/" + hidden, clinic).status()).isEqualTo(404);
        Answer answer = book(clinic, order);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(hidden);
    }

    @Test
    void ofTwoTimesAtOnceInTwoCalendarsThePatientGetsOne() throws Exception {
        Parameters one = order(slot(0, 20));
        Parameters other = order(elsewhere(10, 20));
        String token = TOKENS.patient(patient);
        List<Answer> answers = AtOnce.answers(16, i -> book(token, i % 2 == 0 ? one : other));
        List<Answer> taken =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(taken)
                .extracting(answer -> answer.resource().getIdElement().getIdPart())
                .isNotEmpty()
                .containsOnly(taken.get(0).resource().getIdElement().getIdPart());
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .isNotEmpty()
                .allSatisfy(answer -> assertRefused(answer, 409, "SN-APPOINTMENT-005"));
        assertThat(get("/Appointment?patient=" + patient, clinic).bundle().getEntry())
                .hasSize(1);
    }

    /** A clinic's system notes who did not come; the time is over, and nothing of it is changed any more. */
    @Test
    void whoDidNotComeIsNotedAfterTheTimeAndNotBefore() {
        Appointment ahead = booked(slot(0, 20));
        ahead.setMeta(null);
        Answer early = put(
                "/Appointment/" + ahead.getIdElement().getIdPart(),
                clinic,
                ahead.copy().setStatus(AppointmentStatus.NOSHOW));
        assertThat(early.status()).as(early.body()).isEqualTo(422);
        assertThat(early.body()).contains("sn-app-3");

        Instant start = Instant.now().minus(2, ChronoUnit.HOURS);
        String slot = slot("missed", start, 20);
        Slot taken = (Slot) current("/Slot/" + slot);
        taken.setMeta(null);
        load(Records.transaction(taken.setStatus(SlotStatus.BUSY)));
        Appointment missed = new Appointment();
        missed.setId(id("missed-appointment"));
        missed.setStatus(AppointmentStatus.BOOKED).addSlot(new Reference("Slot/" + slot));
        missed.setStart(taken.getStart()).setEnd(taken.getEnd());
        missed.addParticipant().setActor(new Reference("Patient/" + patient)).setStatus(ParticipationStatus.ACCEPTED);
        load(Records.transaction(missed));
        String path = "/Appointment/" + id("missed-appointment");
        missed.setStatus(AppointmentStatus.NOSHOW);
        assertThat(put(path, TOKENS.patient(patient), missed).status())
                .as("the patient does not say so")
                .isEqualTo(403);
        Answer noted = put(path, clinic, missed);
        assertThat(noted.status()).as(noted.body()).isEqualTo(200);
        Appointment stored = (Appointment) get(path, TOKENS.patient(patient)).resource();
        assertThat(stored.getStatus()).isEqualTo(AppointmentStatus.NOSHOW);
        for (String token : List.of(clinic, TOKENS.patient(patient))) {
            assertRefused(change(stored, "$cancel", token, in(stored)), 409, "SN-APPOINTMENT-003");
            assertRefused(change(stored, "$reschedule", token, to(stored, slot(60, 20))), 409, "SN-APPOINTMENT-003");
        }
        assertThat(status(slot)).isEqualTo(SlotStatus.BUSY);
    }

    /** Seeded, so that it draws the same again; what the clients do at once is decided by the database. */
    @Test
    void whateverIsBookedMovedAndCancelledAtOnceNobodyHasATimeTwice() throws Exception {
        Random random = new Random(20261129);
        List<String> people = List.of(patient, Ward.open(name + "-b"), Ward.open(name + "-c"));
        List<String> slots = List.of(slot(0, 20), slot(10, 20), slot(20, 20), slot(60, 20), slot(70, 20));
        Set<Integer> seen = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<IntFunction<Answer>> moves = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                moves.add(move(people.get(random.nextInt(people.size())), slots, random));
            }
            AtOnce.answers(AT_ONCE, i -> moves.get(i).apply(i)).forEach(answer -> {
                seen.add(answer.status());
                assertThat(answer.status()).as(answer.body()).isIn(200, 409, 422);
            });
            assertNobodyHasATimeTwice(people, slots, "round " + round);
        }
        assertThat(seen).as("taken and refused").contains(200, 409);
    }

    /** One request, made of what the client sees before all send at once. */
    private IntFunction<Answer> move(String person, List<String> slots, Random random) {
        String token = TOKENS.patient(person);
        String slot = slots.get(random.nextInt(slots.size()));
        List<Appointment> held = held(List.of(person));
        int kind = held.isEmpty() ? 0 : random.nextInt(4);
        if (kind == 0) {
            Parameters order = accepted(order(slot));
            return client -> book(token, order);
        }
        Appointment one = held.get(random.nextInt(held.size()));
        if (kind == 1) {
            Parameters order = accepted(to(one, slot));
            return client -> change(one, "$reschedule", token, order);
        }
        if (kind == 2) {
            Parameters order = in(one);
            return client -> change(one, "$cancel", token, order);
        }
        Appointment absent = one.copy().setStatus(AppointmentStatus.NOSHOW);
        absent.setMeta(null);
        return client -> put("/Appointment/" + one.getIdElement().getIdPart(), clinic, absent);
    }

    private List<Appointment> held(List<String> people) {
        return people.stream()
                .flatMap(each ->
                        get("/Appointment?patient=" + each + "&_count=200", clinic).bundle().getEntry().stream())
                .map(entry -> (Appointment) entry.getResource())
                .filter(each -> each.getStatus() == AppointmentStatus.BOOKED)
                .toList();
    }

    private void assertNobodyHasATimeTwice(List<String> people, List<String> slots, String when) {
        List<Appointment> held = held(people);
        for (Appointment one : held) {
            assertThat(held)
                    .as(when + ": no other one at its time")
                    .filteredOn(other -> other.getStart().before(one.getEnd())
                            && one.getStart().before(other.getEnd()))
                    .hasSize(1);
        }
        List<String> taken = held.stream()
                .map(each -> each.getSlotFirstRep().getReferenceElement().getIdPart())
                .toList();
        assertThat(slots).allSatisfy(slot -> assertThat(status(slot))
                .as(when + ": a time is busy while an appointment holds it")
                .isEqualTo(taken.contains(slot) ? SlotStatus.BUSY : SlotStatus.FREE));
    }
}
