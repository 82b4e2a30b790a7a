package eu.sinusnode.server.appointments;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.server.projection.RunningTransaction;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/**
 * Appointments and the Slots that they take, in one transaction each. Whoever changes what is taken of a calendar holds the
 * lock of its Schedule's row, so that of many who want one time one gets it; and that of the Patient's row, so that of two times at
 * once in two calendars the second is told of the first. Who may is decided before.
 */
public class Bookings {

    // A lock that records which refer to the Schedule, and are stored meanwhile, do not wait for.
    private static final String LOCK = """
            SELECT r.fhir_id FROM public.hfj_resource r
            WHERE r.res_type = 'Schedule' AND r.fhir_id = ANY (?) AND r.res_deleted_at IS NULL
            ORDER BY r.res_id FOR NO KEY UPDATE
            """;

    private static final Set<AppointmentStatus> HOLDING = EnumSet.of(
            AppointmentStatus.PENDING,
            AppointmentStatus.BOOKED,
            AppointmentStatus.ARRIVED,
            AppointmentStatus.CHECKEDIN,
            AppointmentStatus.FULFILLED);
    private static final Set<AppointmentStatus> ASKED_FOR =
            EnumSet.of(AppointmentStatus.PROPOSED, AppointmentStatus.PENDING, AppointmentStatus.WAITLIST);

    /** No Slot of a clinic is longer. */
    private static final long LONGEST_MILLIS = 24 * 60 * 60 * 1000L;
    /** So many in one day of a calendar, or of one group session, that the server does not look through them. */
    private static final int MOST = 1_000;

    private final IHapiTransactionService transactions;
    private final DaoRegistry daos;
    private final RecordSearch search;
    private final RunningTransaction running;

    Bookings(IHapiTransactionService transactions, DaoRegistry daos, RecordSearch search, RunningTransaction running) {
        this.transactions = transactions;
        this.daos = daos;
        this.search = search;
        this.running = running;
    }

    /**
     * Takes a time. What has taken it already, and is the same appointment, is answered as it is.
     *
     * @param wanted a new appointment with its id, or a proposed one as it was read
     * @param inTheWay whether another appointment of the patient at this time is; asked of each
     * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException 409 when the time is not free, the patient has
     *     another appointment then, or the Slot or the appointment is not as it was looked at
     */
    Appointment book(Appointment wanted, String slotId, String version, Predicate<Appointment> inTheWay, Instant now) {
        return inTransaction(() -> {
            Calendar calendar = locked(slotId);
            String id = wanted.getIdElement().getIdPart();
            Optional<Appointment> stored = find(Appointment.class, id);
            if (stored.filter(there -> isIn(there, slotId)).isPresent()) {
                return stored.get();
            }
            if (stored.isPresent()) {
                demand(sameVersion(wanted, stored.get())
                        && ASKED_FOR.contains(stored.get().getStatus()));
            }
            demandFree(calendar, version, id, Set.of(), now);
            demandAlone(calendar, wanted, inTheWay);
            Appointment booked = calendar.take(stored.orElse(wanted), List.of());
            if (!booked.hasCreated()) {
                booked.setCreated(Date.from(now));
            }
            set(calendar.slot(), SlotStatus.BUSY);
            return store(booked);
        });
    }

    /**
     * The same appointment at another time; the time that it leaves is free again, and does not stand in its way.
     *
     * @param inTheWay as of {@link #book}
     */
    Appointment move(Appointment booked, String slotId, String version, Predicate<Appointment> inTheWay, Instant now) {
        List<Calendar> left = calendars(booked);
        return inTransaction(() -> {
            lock(Stream.concat(
                    left.stream().map(Calendar::scheduleId),
                    Stream.of(calendar(slotId).scheduleId())));
            Calendar calendar = calendar(slotId);
            Appointment stored = dao(Appointment.class).read(id(booked), system());
            demand(sameVersion(booked, stored) && isAhead(stored, now));
            String id = id(booked).getIdPart();
            Set<String> own = left.stream()
                    .map(Calendar::slotId)
                    .filter(slot -> onlyIn(slot, id).isPresent())
                    .collect(Collectors.toSet());
            demandFree(calendar, version, id, own, now);
            demandAlone(calendar, stored, inTheWay);
            Appointment moved =
                    calendar.take(stored, left.stream().map(Calendar::schedule).toList());
            release(left, id, now);
            set(calendar.slot(), SlotStatus.BUSY);
            return store(moved);
        });
    }

    /** Ends an appointment that has not begun; its time is free again. */
    Appointment cancel(Appointment booked, CodeableConcept reason, Instant now) {
        List<Calendar> left = calendars(booked);
        return inTransaction(() -> {
            lock(left.stream().map(Calendar::scheduleId));
            Appointment stored = dao(Appointment.class).read(id(booked), system());
            demand(sameVersion(booked, stored) && (isAhead(stored, now) || ASKED_FOR.contains(stored.getStatus())));
            stored.setStatus(AppointmentStatus.CANCELLED).setCancelationReason(reason);
            release(left, id(booked).getIdPart(), now);
            return store(stored);
        });
    }

    private void release(List<Calendar> left, String appointment, Instant now) {
        for (Calendar calendar : left) {
            onlyIn(calendar.slotId(), appointment)
                    .filter(slot -> slot.getStart().after(Date.from(now)))
                    .ifPresent(slot -> set(slot, SlotStatus.FREE));
        }
    }

    /** The Slot as it is stored now, if it is this appointment alone that makes it busy. */
    private Optional<Slot> onlyIn(String slotId, String appointment) {
        return find(Slot.class, slotId)
                .filter(slot -> slot.getStatus() == SlotStatus.BUSY && !isHeld(slotId, appointment));
    }

    /**
     * The lock is held until the end, so that nobody takes another time for the patient meanwhile; it comes after those of
     * calendars, so that two who want the same wait for each other in one order.
     */
    private void demandAlone(Calendar calendar, Appointment wanted, Predicate<Appointment> inTheWay) {
        String patient = Calendar.patient(wanted).orElseThrow();
        running.hold("Patient", patient);
        boolean overlaps = search
                .ids(
                        "Appointment",
                        Map.of("patient", List.of("Patient/" + patient), "date", startsBefore(calendar.slot())),
                        MOST)
                .stream()
                .filter(id -> !id.equals(wanted.getIdElement().getIdPart()))
                .flatMap(id -> find(Appointment.class, id).stream())
                .filter(other -> HOLDING.contains(other.getStatus()) && calendar.overlaps(other))
                .anyMatch(inTheWay);
        if (overlaps) {
            throw Denials.problem(
                    RequestProblem.APPOINTMENT_OVERLAP, "the patient has another appointment at this time");
        }
    }

    /** When that begins which may overlap a Slot. */
    private static List<String> startsBefore(Slot slot) {
        Date earliest = new Date(slot.getStart().getTime() - LONGEST_MILLIS);
        return List.of("ge" + text(earliest), "lt" + text(slot.getEnd()));
    }

    /** @param own Slots that are busy with the same appointment alone, and that it leaves */
    private void demandFree(Calendar calendar, String version, String appointment, Set<String> own, Instant now) {
        if (!calendar.isFreeIn(version, Date.from(now))
                || isHeld(calendar.slotId(), appointment)
                || isOverlapped(calendar, own)) {
            throw Denials.problem(
                    RequestProblem.APPOINTMENT_SLOT,
                    "the Slot is not free, not ahead, or has changed since it was read");
        }
    }

    /** Whether the calendar is busy with another Slot at the same time. */
    private boolean isOverlapped(Calendar calendar, Set<String> own) {
        List<String> ids = search.ids(
                "Slot",
                Map.of(
                        "schedule", List.of("Schedule/" + calendar.scheduleId()),
                        "status", List.of("busy,busy-unavailable,busy-tentative"),
                        "start", startsBefore(calendar.slot())),
                MOST);
        return ids.size() >= MOST
                || ids.stream()
                        .filter(id -> !id.equals(calendar.slotId()) && !own.contains(id))
                        .anyMatch(id ->
                                find(Slot.class, id).filter(calendar::overlaps).isPresent());
    }

    /** Whether an appointment beside this one holds the Slot. */
    private boolean isHeld(String slotId, String appointment) {
        List<String> ids = search.ids("Appointment", Map.of("slot", List.of("Slot/" + slotId)), MOST);
        return ids.size() >= MOST
                || ids.stream().filter(id -> !id.equals(appointment)).anyMatch(id -> find(Appointment.class, id)
                        .filter(other -> HOLDING.contains(other.getStatus()))
                        .isPresent());
    }

    private static String text(Date time) {
        return new InstantType(time).getValueAsString();
    }

    private static boolean isIn(Appointment appointment, String slotId) {
        return appointment.getStatus() == AppointmentStatus.BOOKED
                && appointment.getSlot().stream()
                        .anyMatch(
                                slot -> slotId.equals(slot.getReferenceElement().getIdPart()));
    }

    private static boolean isAhead(Appointment appointment, Instant now) {
        return appointment.getStatus() == AppointmentStatus.BOOKED
                && appointment.hasStart()
                && appointment.getStart().after(Date.from(now));
    }

    private static boolean sameVersion(Appointment read, Appointment stored) {
        return Objects.equals(
                read.getIdElement().getVersionIdPart(), stored.getIdElement().getVersionIdPart());
    }

    private static void demand(boolean asLookedAt) {
        if (!asLookedAt) {
            throw Denials.problem(
                    RequestProblem.APPOINTMENT_STATE,
                    "the Appointment has changed since it was read, has begun, or has ended");
        }
    }

    private Calendar locked(String slotId) {
        lock(Stream.of(calendar(slotId).scheduleId()));
        return calendar(slotId);
    }

    private void lock(Stream<String> schedules) {
        running.queryForList(LOCK, String.class, (Object) schedules.distinct().toArray(String[]::new));
    }

    /** As it is stored now. */
    Calendar calendar(String slotId) {
        return find(Slot.class, slotId)
                .flatMap(slot -> find(
                                Schedule.class,
                                slot.getSchedule().getReferenceElement().getIdPart())
                        .map(schedule -> new Calendar(slot, schedule)))
                .orElseThrow(() -> Denials.unknown("Slot/" + slotId));
    }

    private List<Calendar> calendars(Appointment appointment) {
        return appointment.getSlot().stream()
                .map(Reference::getReferenceElement)
                .filter(slot -> "Slot".equals(slot.getResourceType()) && slot.hasIdPart())
                .map(slot -> calendar(slot.getIdPart()))
                .toList();
    }

    private void set(Slot slot, SlotStatus status) {
        slot.setStatus(status);
        dao(Slot.class).update(slot, system());
    }

    private Appointment store(Appointment appointment) {
        return (Appointment) Objects.requireNonNull(
                dao(Appointment.class).update(appointment, system()).getResource());
    }

    private <T extends Resource> Optional<T> find(Class<T> type, String id) {
        try {
            return Optional.of(dao(type).read(new IdType(type.getSimpleName(), id), system()));
        } catch (ResourceNotFoundException | ResourceGoneException none) {
            return Optional.empty();
        }
    }

    private <T extends Resource> IFhirResourceDao<T> dao(Class<T> type) {
        return daos.getResourceDao(type);
    }

    private static IdType id(Resource resource) {
        return resource.getIdElement().toUnqualifiedVersionless();
    }

    private static SystemRequestDetails system() {
        return new SystemRequestDetails();
    }

    private <T> T inTransaction(Callable<T> work) {
        return Objects.requireNonNull(transactions.withSystemRequest().execute(work));
    }
}
