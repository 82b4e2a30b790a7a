package eu.sinusnode.server.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.OwnTables;
import eu.sinusnode.server.projection.ProjectionInterceptor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

class VitalReadingProjectionIT {

    private static OwnTables tables;
    private static ProjectionInterceptor interceptor;

    @BeforeAll
    static void migrate() {
        tables = OwnTables.migrated();
        interceptor = new ProjectionInterceptor(List.of(
                new MeasuringDeviceProjection(tables.transaction()),
                new VitalReadingProjection(
                        new VitalReadingTable(tables.transaction()), new WithoutReadingTable(tables.transaction()))));
    }

    @Test
    void theCodesOfTheTableAreThoseOfTheCode() {
        assertThat(tables.jdbc()
                        .query(
                                "SELECT code, loinc, observation_code, unit FROM sinusnode.vital_code ORDER BY code",
                                (row, number) ->
                                        List.of(row.getShort(1), row.getString(2), row.getString(3), row.getString(4))))
                .isEqualTo(java.util.Arrays.stream(VitalCode.values())
                        .map(code -> List.of(code.number(), code.loinc(), code.observationCode(), code.unit()))
                        .toList());
    }

    @Test
    void readingsAreWrittenWithTheirObservation() {
        Observation pressure = Vitals.setting(Vitals.bloodPressure(Vitals.PATIENT, 131, 84.5), Codes.HOME);

        tables.create(interceptor, pressure);

        assertThat(rows(pressure))
                .extracting(row -> row.get("code"), row -> row.get("value"), row -> row.get("version"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 131.0, 1),
                        org.assertj.core.groups.Tuple.tuple(2, 84.5, 1));
        assertThat(rows(pressure).get(0))
                .containsEntry("offset_minutes", 60)
                .containsEntry("status", "f")
                .containsEntry("setting", "h")
                .containsEntry("device_kind", "-")
                .containsEntry("author", "-");
        assertThat(tables.jdbc()
                        .queryForObject(
                                "SELECT bool_and(effective = ?::timestamptz) FROM sinusnode.vital_reading WHERE observation = ?::uuid",
                                Boolean.class,
                                Vitals.MEASURED,
                                pressure.getIdElement().getIdPart()))
                .isTrue();
    }

    @Test
    void anUpdateReplacesTheReadings() {
        Observation pressure = Vitals.bloodPressure(Vitals.PATIENT, 131, 84);
        tables.create(interceptor, pressure);
        OwnTables.nextVersion(pressure).getComponent().remove(1);
        pressure.getComponentFirstRep().setValue(Vitals.quantity(BigDecimal.valueOf(127), "mm[Hg]"));

        tables.update(interceptor, pressure);

        assertThat(rows(pressure))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("value", 127.0).containsEntry("version", 2));
    }

    @Test
    void anErrorIsKeptAsOne() {
        Observation rate = Vitals.heartRate(Vitals.PATIENT, 300);
        tables.create(interceptor, rate);

        tables.update(interceptor, OwnTables.nextVersion(rate).setStatus(Observation.ObservationStatus.ENTEREDINERROR));

        assertThat(rows(rate)).singleElement().satisfies(row -> assertThat(row).containsEntry("status", "e"));
    }

    @Test
    void aDeletionTakesTheReadingsAlong() {
        Observation rate = Vitals.heartRate(Vitals.PATIENT, 71);
        tables.create(interceptor, rate);

        tables.delete(interceptor, rate);

        assertThat(rows(rate)).isEmpty();
    }

    @Test
    void theDevicesKindIsTheOneOfThisTransactionOrOfTheLastOne() {
        Device watch = Vitals.device(OwnTables.newId(), Codes.CUFFLESS, Vitals.PATIENT);
        Observation first = of(watch, Vitals.bloodPressure(Vitals.PATIENT, 131, 84));
        Observation second = of(watch, Vitals.bloodPressure(Vitals.PATIENT, 131, 84));
        Observation third = of(watch, Vitals.bloodPressure(Vitals.PATIENT, 131, 84));

        // The Device stands after what it measured, as a Bundle may have it.
        tables.create(interceptor, first, watch);
        watch.getType().getCodingFirstRep().setCode(Codes.CUFF);
        tables.update(interceptor, OwnTables.nextVersion(watch));
        tables.create(interceptor, second);
        tables.delete(interceptor, watch);
        tables.create(interceptor, third);

        assertThat(rows(first)).extracting(row -> row.get("device_kind")).containsOnly("l");
        assertThat(rows(second)).extracting(row -> row.get("device_kind")).containsOnly("c");
        assertThat(rows(third)).extracting(row -> row.get("device_kind")).containsOnly("-");
    }

    @Test
    void whatRollsBackLeavesNothing() {
        Observation rate = Vitals.heartRate(Vitals.PATIENT, 71);
        Observation refused = Vitals.heartRate("patient-1", 71);

        assertThatThrownBy(() -> tables.create(interceptor, rate, refused))
                .isInstanceOf(UnprocessableEntityException.class);

        assertThat(rows(rate)).isEmpty();
    }

    @Test
    void aSecondSetOfReadingsForTheSameObservationIsAConflict() {
        Observation rate = Vitals.heartRate(Vitals.PATIENT, 71);
        tables.create(interceptor, rate);

        assertThatThrownBy(() -> tables.create(interceptor, rate))
                .isInstanceOf(ResourceVersionConflictException.class)
                .hasCauseInstanceOf(DuplicateKeyException.class);
        assertThat(rows(rate)).hasSize(1);
    }

    @Test
    void withoutAStorageTransactionNothingIsWritten() {
        VitalReadingTable table = new VitalReadingTable(tables.transaction());
        List<VitalReading> readings = VitalReadings.of(Vitals.heartRate(Vitals.PATIENT, 71));

        assertThatThrownBy(() -> table.insert(readings)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBundleOfManyIsWrittenWhole() {
        Resource[] vitals = IntStream.range(0, 500)
                .mapToObj(number -> Vitals.bloodPressure(Vitals.PATIENT, 100 + number % 60, 60 + number % 40))
                .toArray(Resource[]::new);
        long before = count();

        tables.create(interceptor, vitals);

        assertThat(count()).isEqualTo(before + 1_000);
    }

    private static Observation of(Device device, Observation observation) {
        return observation.setDevice(
                new Reference("Device/" + device.getIdElement().getIdPart()));
    }

    private static long count() {
        return java.util.Objects.requireNonNull(
                tables.jdbc().queryForObject("SELECT count(*) FROM sinusnode.vital_reading", Long.class));
    }

    private static List<Map<String, Object>> rows(Observation observation) {
        return tables.jdbc().queryForList("""
                        SELECT code::integer, value, version, offset_minutes::integer, status::text, device_kind::text,
                            setting::text, author::text
                        FROM sinusnode.vital_reading WHERE observation = ?::uuid ORDER BY code
                        """, observation.getIdElement().getIdPart());
    }
}
