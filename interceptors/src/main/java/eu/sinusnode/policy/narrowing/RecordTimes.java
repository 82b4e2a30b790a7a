package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.Validity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.NutritionOrder;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * When a record's content was true: by type, the element of its {@link eu.sinusnode.policy.access.TimeParameters}; where
 * that says nothing, for three types another one, by which a search does not find it. It is never wider than what the storage finds
 * the record by, or a search would find what a read withholds.
 */
final class RecordTimes {

    private static final Map<String, List<Function<Resource, @Nullable Type>>> BY_TYPE = new RecordTimes()
            .of("Account", Account.class, Account::getServicePeriod)
            .of("AllergyIntolerance", AllergyIntolerance.class, AllergyIntolerance::getRecordedDateElement)
            .of("Appointment", Appointment.class, Appointment::getStartElement)
            .of("CarePlan", CarePlan.class, CarePlan::getPeriod)
            .of("Communication", Communication.class, Communication::getSentElement, Communication::getReceivedElement)
            .of("CommunicationRequest", CommunicationRequest.class, CommunicationRequest::getAuthoredOnElement)
            .of("Condition", Condition.class, Condition::getOnset, Condition::getRecordedDateElement)
            .of("DiagnosticReport", DiagnosticReport.class, DiagnosticReport::getEffective)
            .of(
                    "DocumentReference",
                    DocumentReference.class,
                    document -> document.getContext().getPeriod(),
                    DocumentReference::getDateElement)
            .of("Encounter", Encounter.class, Encounter::getPeriod)
            .of("Goal", Goal.class, Goal::getStart)
            .of("Immunization", Immunization.class, Immunization::getOccurrence)
            .of("List", ListResource.class, ListResource::getDateElement)
            .of("MedicationAdministration", MedicationAdministration.class, MedicationAdministration::getEffective)
            .of("MedicationRequest", MedicationRequest.class, MedicationRequest::getAuthoredOnElement)
            .of("MedicationStatement", MedicationStatement.class, MedicationStatement::getEffective)
            .of("NutritionOrder", NutritionOrder.class, NutritionOrder::getDateTimeElement)
            .of("Observation", Observation.class, Observation::getEffective)
            .of("Procedure", Procedure.class, Procedure::getPerformed)
            .of("Provenance", Provenance.class, Provenance::getRecordedElement)
            .of("QuestionnaireResponse", QuestionnaireResponse.class, QuestionnaireResponse::getAuthoredElement)
            .of("RiskAssessment", RiskAssessment.class, RiskAssessment::getOccurrence)
            .of("ServiceRequest", ServiceRequest.class, ServiceRequest::getAuthoredOnElement)
            .of("Task", Task.class, Task::getAuthoredOnElement)
            .byType;

    private final Map<String, List<Function<Resource, @Nullable Type>>> byType = new TreeMap<>();

    private RecordTimes() {}

    /** Null when it cannot be told. */
    static @Nullable Validity of(Resource resource) {
        return BY_TYPE.getOrDefault(resource.fhirType(), List.of()).stream()
                .map(element -> time(element.apply(resource)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @SafeVarargs
    private <T extends Resource> RecordTimes of(String name, Class<T> type, Function<T, @Nullable Type>... elements) {
        byType.put(
                name,
                Arrays.stream(elements)
                        .<Function<Resource, @Nullable Type>>map(
                                element -> resource -> element.apply(type.cast(resource)))
                        .toList());
        return this;
    }

    private static @Nullable Validity time(@Nullable Type element) {
        if (element instanceof BaseDateTimeType time) {
            return time.hasValue() ? Validity.ofMoment(time) : null;
        }
        if (element instanceof Period period) {
            return period.hasStart() || period.hasEnd() ? Validity.ofContent(period) : null;
        }
        return element instanceof Timing timing ? time(timing) : null;
    }

    /** From the first of its moments until the last; what is only said by a rhythm is unknown. */
    private static @Nullable Validity time(Timing timing) {
        Stream<BaseDateTimeType> bounds = timing.getRepeat().getBounds() instanceof Period period
                ? Stream.of(period.getStartElement(), period.getEndElement())
                : Stream.empty();
        return Stream.concat(timing.getEvent().stream(), bounds)
                .filter(BaseDateTimeType::hasValue)
                .map(Validity::ofMoment)
                .reduce(Validity::hull)
                .orElse(null);
    }
}
