package eu.sinusnode.server.appointments;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.server.projection.RunningTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;

/**
 * The Encounter of a video consultation: it begins when a clinician first joins, since somebody who waits alone meets nobody.
 * There is one an appointment, however often and by however many at once it is joined; what becomes of it is the clinic's.
 */
public class VideoEncounters {

    static final String CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    static final String VIRTUAL = "VR";

    private final IHapiTransactionService transactions;
    private final DaoRegistry daos;
    private final RunningTransaction running;

    VideoEncounters(IHapiTransactionService transactions, DaoRegistry daos, RunningTransaction running) {
        this.transactions = transactions;
        this.daos = daos;
        this.running = running;
    }

    /**
     * The Encounter as it is stored, or the one that begins now.
     *
     * @param by the clinician who joins
     * @param demand looks once more at the appointment, which nobody changes meanwhile
     */
    Encounter begun(Appointment appointment, Caller by, Instant now, Consumer<Appointment> demand) {
        String of = appointment.getIdElement().getIdPart();
        return Objects.requireNonNull(transactions.withSystemRequest().execute(() -> {
            if (!running.hold("Appointment", of)) {
                throw Denials.unknown("Appointment/" + of);
            }
            Appointment stored = daos.getResourceDao(Appointment.class).read(new IdType("Appointment", of), system());
            demand.accept(stored);
            String id = UUID.nameUUIDFromBytes(("video encounter " + of).getBytes(StandardCharsets.UTF_8))
                    .toString();
            return find(id).orElseGet(() -> store(begin(id, stored, by, now)));
        }));
    }

    private static Encounter begin(String id, Appointment appointment, Caller by, Instant now) {
        Encounter encounter = new Encounter();
        encounter.setId(id);
        encounter
                .setStatus(EncounterStatus.INPROGRESS)
                .setClass_(new Coding(CLASSES, VIRTUAL, "virtual"))
                .setSubject(new Reference("Patient/" + AppointmentChanges.patient(appointment)))
                .addAppointment(new Reference(
                        "Appointment/" + appointment.getIdElement().getIdPart()))
                .setServiceProvider(new Reference("Organization/" + by.organizationId()));
        encounter.addParticipant().setIndividual(new Reference(by.fhirUser()));
        encounter.getPeriod().setStart(Date.from(now));
        return encounter;
    }

    private Optional<Encounter> find(String id) {
        try {
            return Optional.of(dao().read(new IdType("Encounter", id), system()));
        } catch (ResourceNotFoundException | ResourceGoneException none) {
            return Optional.empty();
        }
    }

    private Encounter store(Encounter encounter) {
        return (Encounter)
                Objects.requireNonNull(dao().update(encounter, system()).getResource());
    }

    private IFhirResourceDao<Encounter> dao() {
        return daos.getResourceDao(Encounter.class);
    }

    private static SystemRequestDetails system() {
        return new SystemRequestDetails();
    }
}
