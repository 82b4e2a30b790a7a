package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.TimeParameters;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.testing.PolicyServer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.InstantType;
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
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The time that a record is held against is the one that the storage finds it by: R4's own path says the same element. */
class RecordTimesTest {

    private static final FhirContext FHIR = PolicyServer.FHIR;

    private static final String MOMENT = "2024-05-01T10:00:00Z";
    private static final Validity AT_THAT_MOMENT =
            new Validity(Instant.parse(MOMENT), Instant.parse(MOMENT).plusMillis(1));

    static Stream<Resource> timed() {
        return Stream.of(
                new Account().setServicePeriod(period()),
                new AllergyIntolerance().setRecordedDateElement(moment()),
                new Appointment().setStartElement(new InstantType(MOMENT)),
                new CarePlan().setPeriod(period()),
                new Communication().setSentElement(moment()),
                new CommunicationRequest().setAuthoredOnElement(moment()),
                new Condition().setOnset(moment()),
                new DiagnosticReport().setEffective(moment()),
                documented(),
                new Encounter().setPeriod(period()),
                new Goal().setStart(new DateType("2024-05-01")),
                new Immunization().setOccurrence(moment()),
                new ListResource().setDateElement(moment()),
                new MedicationAdministration().setEffective(moment()),
                new MedicationRequest().setAuthoredOnElement(moment()),
                new MedicationStatement().setEffective(moment()),
                new NutritionOrder().setDateTimeElement(moment()),
                new Observation().setEffective(moment()),
                new Procedure().setPerformed(moment()),
                new Provenance().setRecordedElement(new InstantType(MOMENT)),
                new QuestionnaireResponse().setAuthoredElement(moment()),
                new RiskAssessment().setOccurrence(moment()),
                new ServiceRequest().setAuthoredOnElement(moment()),
                new Task().setAuthoredOnElement(moment()));
    }

    @ParameterizedTest
    @MethodSource("timed")
    void theSearchParameterFindsTheTimeOfTheRecord(Resource record) {
        String parameter = TimeParameters.of(record.fhirType()).orElseThrow();

        assertThat(found(record, parameter))
                .as(record.fhirType() + "?" + parameter)
                .isNotEmpty();
        assertThat(RecordTimes.of(record))
                .isIn(
                        AT_THAT_MOMENT,
                        new Validity(Instant.parse("2024-04-30T22:00:00Z"), Instant.parse("2024-05-01T22:00:00Z")));
    }

    @Test
    void everyTypeThatTellsATimeIsHere() {
        assertThat(timed().map(Resource::fhirType).collect(Collectors.toSet())).isEqualTo(TimeParameters.types());
        TimeParameters.types()
                .forEach(type -> assertThat(AccessMatrix.standard().searchParameters(type))
                        .as(type)
                        .contains(TimeParameters.of(type).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({
        "2024, 2023-12-31T23:00:00Z, 2024-12-31T23:00:00Z",
        "2024-03, 2024-02-29T23:00:00Z, 2024-03-31T22:00:00Z",
        "2024-05-01, 2024-04-30T22:00:00Z, 2024-05-01T22:00:00Z",
        "2024-05-01T10:00:00+02:00, 2024-05-01T08:00:00Z, 2024-05-01T08:00:00.001Z",
        "2024-05-01T10:00:00.250Z, 2024-05-01T10:00:00.250Z, 2024-05-01T10:00:00.251Z"
    })
    void aDateIsAWholeOneInGermanyAndATimeOfDayAMoment(String stated, Instant from, Instant to) {
        assertThat(RecordTimes.of(new Observation().setEffective(new DateTimeType(stated))))
                .isEqualTo(new Validity(from, to));
    }

    @Test
    void aPeriodWithoutAnEndIsOpen() {
        assertThat(RecordTimes.of(
                        new CarePlan().setPeriod(new Period().setStartElement(new DateTimeType("2024-05-01")))))
                .isEqualTo(new Validity(Instant.parse("2024-04-30T22:00:00Z"), null));
        assertThat(RecordTimes.of(new CarePlan().setPeriod(new Period().setEndElement(new DateTimeType("2024-05-01")))))
                .isEqualTo(new Validity(Instant.MIN, Instant.parse("2024-05-01T22:00:00Z")));
    }

    @Test
    void aTimingReachesFromItsFirstMomentToItsLast() {
        Timing timing = new Timing();
        timing.addEvent(new DateTimeType("2024-05-03T10:00:00Z").getValue());
        timing.addEvent(new DateTimeType(MOMENT).getValue());

        assertThat(RecordTimes.of(new Observation().setEffective(timing)))
                .isEqualTo(new Validity(Instant.parse(MOMENT), Instant.parse("2024-05-03T10:00:00.001Z")));
        assertThat(RecordTimes.of(new Observation().setEffective(new Timing()))).isNull();
    }

    @Test
    void whatSaysNothingOrNoDateIsUnknown() {
        assertThat(List.of(
                        new Observation(),
                        new CarePlan(),
                        new Condition().setOnset(new StringType("as a child")),
                        new Immunization().setOccurrence(new StringType("last winter")),
                        new Bundle().setTimestampElement(new InstantType(MOMENT)),
                        new Binary()))
                .allSatisfy(record -> assertThat(RecordTimes.of(record)).isNull());
    }

    @Test
    void threeTypesHaveAnotherElementWhereTheFirstSaysNothing() {
        assertThat(List.of(
                        new Condition().setOnset(new StringType("as a child")).setRecordedDateElement(moment()),
                        new Communication().setReceivedElement(moment()),
                        new DocumentReference().setDateElement(new InstantType(MOMENT))))
                .allSatisfy(record -> {
                    assertThat(RecordTimes.of(record)).isEqualTo(AT_THAT_MOMENT);
                    assertThat(found(
                                    record, TimeParameters.of(record.fhirType()).orElseThrow()))
                            .noneMatch(value -> value instanceof DateTimeType time && time.hasValue());
                });
    }

    private static List<Base> found(Resource record, String parameter) {
        return Arrays.stream(FHIR.getResourceDefinition(record.fhirType())
                        .getSearchParam(parameter)
                        .getPath()
                        .split("\\|"))
                .map(String::strip)
                .map(path -> path.startsWith("(") ? path.substring(1, path.length() - 1) : path)
                .filter(path -> path.startsWith(record.fhirType() + "."))
                .flatMap(path -> FHIR.newFhirPath().evaluate(record, path, Base.class).stream())
                .toList();
    }

    private static DateTimeType moment() {
        return new DateTimeType(MOMENT);
    }

    private static Period period() {
        return new Period().setStartElement(moment()).setEndElement(moment());
    }

    private static DocumentReference documented() {
        DocumentReference document = new DocumentReference();
        document.getContext().setPeriod(period());
        return document;
    }
}
