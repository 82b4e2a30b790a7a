package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of many records at once is what is answered to each of them over HTTP. */
class BulkWritesTest {

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final BulkWrites writes = server.pipeline.bulkWrites();

    @ParameterizedTest
    @EnumSource(CallerKind.class)
    void eachRecordIsGoodWhenItsCreateIsTaken(CallerKind kind) {
        Map<String, Object> claims = Callers.of(kind);
        List<Resource> records = records();

        List<BulkWrites.Verdict> verdicts = writes.check(Callers.caller(claims), creates(records), server.now);

        List<Boolean> good = verdicts.stream().map(BulkWrites.Verdict::isGood).toList();
        List<Boolean> taken = records.stream()
                .map(record -> server.post(claims, record.fhirType(), record).status() == 201)
                .toList();
        assertThat(good).isEqualTo(taken);
    }

    private static List<Resource> records() {
        List<Resource> records = new ArrayList<>();
        for (String patient : List.of(World.ANNA, World.BERND, World.CLARA, World.DORA, "nobody")) {
            records.add(Records.heartRate(patient));
            records.add(new Observation().setSubject(new Reference("Patient/" + patient)));
            records.add(Records.flag(patient, ObservationStatus.PRELIMINARY));
            records.add(Records.condition(patient, "I48.0"));
            records.add(Records.cuff(patient));
            records.add(Records.consent(patient));
            records.add(plan(patient, CarePlanStatus.DRAFT));
            records.add(plan(patient, CarePlanStatus.ACTIVE));
            records.add(Records.bodyWeight(patient).setEncounter(new Reference("Encounter/unknown")));
        }
        records.add(Records.algorithm());
        return records;
    }

    @Test
    void noPlanIsImportedThatHoldsButByTheLoader() {
        List<RequestedWrite> plans =
                creates(List.of(plan(World.ANNA, CarePlanStatus.DRAFT), plan(World.ANNA, CarePlanStatus.ACTIVE)));

        List<BulkWrites.Verdict> verdicts =
                writes.check(Callers.caller(Callers.clinicSystem(World.CLINIC)), plans, server.now);

        assertThat(verdicts).extracting(BulkWrites.Verdict::isGood).containsExactly(true, false);
        assertThat(verdicts.get(1).issues()).extracting(WriteIssue::code).containsExactly(DenialCode.CONTENT);
        assertThat(writes.check(Callers.caller(Callers.administrator()), plans, server.now))
                .allMatch(BulkWrites.Verdict::isGood);
    }

    private static CarePlan plan(String patient, CarePlanStatus status) {
        CarePlan plan = new CarePlan();
        plan.setStatus(status).setIntent(CarePlanIntent.PLAN).setTitle("Walking");
        plan.setSubject(new Reference("Patient/" + patient));
        plan.getPeriod().getStartElement().setValueAsString("2026-05-04");
        plan.addActivity()
                .getDetail()
                .setStatus(CarePlan.CarePlanActivityStatus.NOTSTARTED)
                .setDescription("Walk");
        return plan;
    }

    @Test
    void aHiddenAndAnUnknownPatientGiveTheSameIssues() {
        Caller clinic = Callers.caller(Callers.clinicSystem(World.CLINIC));

        List<BulkWrites.Verdict> verdicts = writes.check(
                clinic, creates(List.of(Records.heartRate(World.DORA), Records.heartRate("nobody"))), server.now);

        assertThat(verdicts.get(0).issues())
                .isNotEmpty()
                .isEqualTo(verdicts.get(1).issues());
        assertThat(verdicts.get(0).denials()).containsOnlyKeys(World.DORA);
    }

    @Test
    void whatIsWithdrawnIsRefusedInTheNextPortion() {
        Caller clinic = Callers.caller(Callers.clinicSystem(World.CLINIC));
        List<RequestedWrite> portion = creates(List.of(Records.heartRate(World.ANNA)));
        assertThat(writes.check(clinic, portion, server.now)).allMatch(BulkWrites.Verdict::isGood);

        server.permits.withdraw(World.ANNA);

        assertThat(writes.check(clinic, portion, server.now)).noneMatch(BulkWrites.Verdict::isGood);
    }

    @Test
    void onlyALoaderChoosesIds() {
        List<RequestedWrite> chosen = Stream.of(Records.withId(Records.heartRate(World.ANNA), "chosen"))
                .map(record -> new RequestedWrite(
                        record.fhirType(), -1, Interaction.UPDATE, record, "chosen", null, null, null, true))
                .toList();

        assertThat(writes.check(Callers.caller(Callers.administrator()), chosen, server.now))
                .allMatch(BulkWrites.Verdict::isGood);
        assertThat(writes.check(Callers.caller(Callers.clinicSystem(World.CLINIC)), chosen, server.now))
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.issues())
                        .extracting(WriteIssue::code)
                        .containsExactly(DenialCode.INTERACTION));
    }

    @Test
    void whoSendsFromOutsideMaySendNothing() {
        Caller clinic = Callers.caller(Callers.clinicSystem(World.CLINIC));
        assertThat(writes.decideSender(clinic)).isInstanceOf(Decision.Permit.class);

        server.countries.put(World.CLINIC, "US");

        assertThat(writes.decideSender(clinic)).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void whatTheParserWouldLeaveOutIsAFault() {
        assertThat(writes.faults("{\"resourceType\":\"Observation\",\"codings\":[]}".getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
        assertThat(writes.faults(
                        "{\"resourceType\":\"Observation\",\"status\":\"final\"}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static List<RequestedWrite> creates(List<? extends Resource> records) {
        return records.stream()
                .map(record -> new RequestedWrite(
                        record.fhirType(), -1, Interaction.CREATE, record.copy(), null, null, null, null, true))
                .toList();
    }
}
