package eu.sinusnode.server.therapy;

import ca.uhn.fhir.util.UrlUtil;
import eu.sinusnode.therapy.print.PrintedPlan;
import eu.sinusnode.therapy.print.PrintedPlan.Contacts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * Reads what a plan's page consists of. Goals, orders and prescriptions are demanded: a caller whose app may not search them at all is
 * refused, since a page without medicines looks like one of a patient who takes none. Of Tasks, Appointments, names and the programme the
 * page has what can be read.
 */
record PrintReader(OwnRequests requests, Instant now, ZoneId zone) {

    private static final int MOST = 500;

    PrintedPlan read(CarePlan plan) {
        String patient = plan.getSubject().getReferenceElement().getIdPart();
        List<IIdType> named = Stream.concat(
                        plan.getGoal().stream(),
                        plan.getActivity().stream()
                                .filter(CarePlanActivityComponent::hasReference)
                                .map(CarePlanActivityComponent::getReference))
                .map(Reference::getReferenceElement)
                .toList();
        Set<String> seen = new HashSet<>();
        List<Goal> goals = seen(seen, demanded(Goal.class, named, patient));
        List<ServiceRequest> orders = seen(seen, demanded(ServiceRequest.class, named, patient));
        List<MedicationRequest> prescriptions = seen(seen, demanded(MedicationRequest.class, named, patient));
        List<Task> tasks = seen(seen, open(Task.class, named, patient));
        List<Appointment> appointments = seen(seen, open(Appointment.class, named, patient));
        return new PrintedPlan(
                plan,
                requests.read(Patient.class, "Patient/" + patient),
                programme(plan),
                goals,
                orders,
                prescriptions,
                medicines(prescriptions),
                tasks,
                appointments,
                contacts(plan),
                named.stream().allMatch(id -> seen.contains(path(id))),
                now,
                zone);
    }

    private static <T extends Resource> List<T> seen(Set<String> seen, List<T> found) {
        found.forEach(record -> seen.add(path(record.getIdElement())));
        return found;
    }

    private static String path(IIdType id) {
        return id.getResourceType() + "/" + id.getIdPart();
    }

    private <T extends Resource> List<T> demanded(Class<T> type, List<IIdType> named, String patient) {
        String query = query(type, named, patient);
        return query.isEmpty() ? List.of() : inOrder(named, requests.find(type, query));
    }

    private <T extends Resource> List<T> open(Class<T> type, List<IIdType> named, String patient) {
        String query = query(type, named, patient);
        return query.isEmpty()
                ? List.of()
                : inOrder(named, requests.search(type, query).orElseGet(List::of));
    }

    /** Empty when the plan names none of the type. */
    private static String query(Class<? extends Resource> type, List<IIdType> named, String patient) {
        String ids = named.stream()
                .filter(id -> type.getSimpleName().equals(id.getResourceType()))
                .map(IIdType::getIdPart)
                .distinct()
                .collect(Collectors.joining(","));
        return ids.isEmpty() ? "" : "patient=%s&_id=%s&_count=%d".formatted(patient, ids, MOST);
    }

    /** As the plan names them. */
    private static <T extends Resource> List<T> inOrder(List<IIdType> named, List<T> found) {
        Map<String, T> byPath = new HashMap<>();
        found.forEach(record -> byPath.put(path(record.getIdElement()), record));
        return named.stream()
                .map(PrintReader::path)
                .distinct()
                .flatMap(path -> Stream.ofNullable(byPath.get(path)))
                .toList();
    }

    private Optional<PlanDefinition> programme(CarePlan plan) {
        return plan.getInstantiatesCanonical().stream()
                .map(canonical -> canonical.getValue().split("\\|", 2))
                .filter(canonical -> canonical.length == 2)
                .findFirst()
                .flatMap(canonical -> requests.search(
                        PlanDefinition.class,
                        "url=" + UrlUtil.escapeUrlParam(canonical[0]) + "&version="
                                + UrlUtil.escapeUrlParam(canonical[1])))
                .flatMap(found -> found.stream().findFirst());
    }

    private Map<String, String> medicines(List<MedicationRequest> prescriptions) {
        Map<String, String> names = new HashMap<>();
        for (MedicationRequest prescription : prescriptions) {
            if (!prescription.hasMedicationReference()) {
                continue;
            }
            Reference reference = prescription.getMedicationReference();
            medicine(reference).flatMap(PrintReader::name).ifPresent(name -> names.put(reference.getReference(), name));
        }
        return names;
    }

    private Optional<Medication> medicine(Reference reference) {
        if (reference.getResource() instanceof Medication contained) {
            return Optional.of(contained);
        }
        IIdType id = reference.getReferenceElement();
        return "Medication".equals(id.getResourceType())
                ? requests.readIfOpen(Medication.class, path(id))
                : Optional.empty();
    }

    private static Optional<String> name(Medication medicine) {
        return Stream.concat(
                        Stream.ofNullable(medicine.getCode().getText()),
                        medicine.getCode().getCoding().stream().map(Coding::getDisplay))
                .filter(name -> name != null && !name.isBlank())
                .findFirst();
    }

    private Contacts contacts(CarePlan plan) {
        Optional<Practitioner> author =
                Optional.of(plan.getAuthor().getReferenceElement()).flatMap(id -> one(Practitioner.class, id));
        Optional<Organization> clinic = Stream.concat(plan.getContributor().stream(), Stream.of(plan.getAuthor()))
                .flatMap(each -> one(Organization.class, each.getReferenceElement()).stream())
                .findFirst();
        return new Contacts(
                author.map(Practitioner::getNameFirstRep).map(PrintReader::name).orElse(null),
                clinic.map(Organization::getName).orElse(null),
                clinic.flatMap(each -> each.getTelecom().stream()
                                .filter(point -> point.getSystem() == ContactPointSystem.PHONE)
                                .map(ContactPoint::getValue)
                                .findFirst())
                        .orElse(null));
    }

    private <T extends Resource> Optional<T> one(Class<T> type, IIdType id) {
        return type.getSimpleName().equals(id.getResourceType())
                ? requests.readIfOpen(type, path(id))
                : Optional.empty();
    }

    private static String name(HumanName name) {
        return name.hasText()
                ? name.getText()
                : Stream.of(
                                name.getPrefix().stream().map(part -> part.getValue()),
                                name.getGiven().stream().map(part -> part.getValue()),
                                Stream.ofNullable(name.getFamily()))
                        .flatMap(parts -> parts)
                        .collect(Collectors.joining(" "));
    }
}
