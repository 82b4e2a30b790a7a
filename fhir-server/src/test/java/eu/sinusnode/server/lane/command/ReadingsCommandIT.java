package eu.sinusnode.server.lane.command;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows are changed behind the server's back; the Observations say what they have to be. */
class ReadingsCommandIT extends RunningServer {

    private static final String NAME = "readings-command";
    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void vitals() {
        if (LOADED.compareAndSet(false, true)) {
            List<Resource> records = new ArrayList<>();
            records.add(Records.patient(Records.id(NAME)));
            records.add(Records.cuff(Records.id(NAME + "-cuff"), Records.id(NAME)));
            for (int i = 0; i < 4; i++) {
                records.add(vital(i));
            }
            // Without a value there is no reading; it is in the other table.
            Observation unread = vital(4);
            unread.setValue(null);
            unread.getDataAbsentReason()
                    .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "error", null));
            records.add(unread);
            records.add(illness());
            records.add(cholesterol());
            load(Records.transaction(records.toArray(Resource[]::new)));
        }
        run("rebuild");
    }

    private static Observation vital(int number) {
        Observation vital = Records.heartRate(Records.id(NAME), Records.id(NAME + "-cuff"), NAME + number);
        vital.setId(Records.id(NAME + number));
        return vital;
    }

    private static Condition illness() {
        Condition condition = new Condition();
        condition.setId(Records.id(NAME + "-ill"));
        condition.setSubject(new Reference("Patient/" + Records.id(NAME)));
        condition.getCode().addCoding(new Coding("http://hl7.org/fhir/sid/icd-10", "I48", null));
        return condition;
    }

    private static Observation cholesterol() {
        Observation value = new Observation();
        value.setId(Records.id(NAME + "-cholesterol"));
        value.setStatus(Observation.ObservationStatus.FINAL);
        value.addCategory().addCoding(new Coding(Codes.OBSERVATION_CATEGORY, "laboratory", null));
        value.getCode().addCoding(new Coding(Codes.LOINC, LaboratoryCodes.CHOLESTEROL, null));
        value.setSubject(new Reference("Patient/" + Records.id(NAME)));
        value.setEffective(new DateTimeType("2026-10-01T08:00:00+02:00"));
        value.setValue(new Quantity()
                .setValue(new BigDecimal("5.40"))
                .setUnit("mmol/L")
                .setSystem(Codes.UCUM)
                .setCode("mmol/L"));
        return value;
    }

    private int run(String verb) {
        out.reset();
        DataSource dataSource = Objects.requireNonNull(database.getDataSource());
        return ReadingsCommand.run(verb, dataSource, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<Map<String, Object>> rows() {
        return database.queryForList(
                "SELECT observation, code, effective, value, version, status, device_kind FROM sinusnode.vital_reading"
                        + " WHERE patient = ?::uuid ORDER BY observation, code",
                Records.id(NAME));
    }

    @Test
    void whatTheServerWritesHolds() {
        assertThat(run("verify")).as(said()).isZero();
        assertThat(rows()).hasSize(4);
    }

    @Test
    void everyDifferenceIsFoundAndMended() {
        List<Map<String, Object>> right = rows();
        database.update(
                "UPDATE sinusnode.vital_reading SET value = value + 8 WHERE observation = ?::uuid",
                Records.id(NAME + 0));
        database.update("DELETE FROM sinusnode.vital_reading WHERE observation = ?::uuid", Records.id(NAME + 1));
        database.update(
                "DELETE FROM sinusnode.vital_without_reading WHERE observation = ?::uuid", Records.id(NAME + 4));
        database.update(
                "INSERT INTO sinusnode.vital_reading SELECT effective, value, change_sequence, patient, ?,"
                        + " version, offset_minutes, code, status, device_kind, setting, author"
                        + " FROM sinusnode.vital_reading WHERE observation = ?::uuid",
                UUID.randomUUID(),
                Records.id(NAME + 2));

        assertThat(run("verify")).isEqualTo(4);
        assertThat(said()).contains("THE READINGS DIFFER", ": 3 of ", " 1 are not there any more");
        assertThat(rows()).as("to look changes nothing").isNotEqualTo(right);

        assertThat(run("rebuild")).isZero();
        assertThat(said()).contains("Mended: the readings of 3 of ", "those of 1 that");
        assertThat(rows()).isEqualTo(right);
        assertThat(run("verify")).as(said()).isZero();
    }

    @Test
    void aLaneThatIsLostIsMadeAnewAndWhatIsRightIsNotWrittenAgain() {
        List<Map<String, Object>> right = rows();
        database.update("DELETE FROM sinusnode.vital_reading WHERE patient = ?::uuid", Records.id(NAME));
        run("rebuild");
        assertThat(rows()).isEqualTo(right);
        List<Long> sequences = sequences();

        run("rebuild");

        assertThat(said()).contains("the readings of 0 of ");
        assertThat(sequences()).isEqualTo(sequences);
    }

    @Test
    void whatRulesAskForBesideReadingsIsFoundAndMended() {
        List<Map<String, Object>> right = inputs();
        assertThat(right).hasSize(3);
        database.update(
                "UPDATE sinusnode.risk_input SET said = said || '{\"birthDate\": \"1900-01-01\"}' WHERE resource = ?::uuid",
                Records.id(NAME));
        database.update("DELETE FROM sinusnode.risk_input WHERE resource = ?::uuid", Records.id(NAME + "-ill"));
        database.update(
                "UPDATE sinusnode.risk_input SET version = 7 WHERE resource = ?::uuid",
                Records.id(NAME + "-cholesterol"));
        database.update(
                "INSERT INTO sinusnode.risk_input SELECT resource_type, ?, version, patient, code, effective, measured, said,"
                        + " change_sequence FROM sinusnode.risk_input WHERE resource = ?::uuid",
                UUID.randomUUID(),
                Records.id(NAME + "-cholesterol"));
        // A heart rate has no such row.
        database.update(
                "INSERT INTO sinusnode.risk_input SELECT resource_type, ?::uuid, version, patient, code, effective, measured,"
                        + " said, change_sequence FROM sinusnode.risk_input WHERE resource = ?::uuid",
                Records.id(NAME + 0),
                Records.id(NAME + "-cholesterol"));

        assertThat(run("verify")).isEqualTo(4);
        assertThat(said())
                .contains("WHAT RULES ASK FOR BESIDE READINGS DIFFERS", ": 4 of ", " 1 are not there any more")
                .doesNotContain("THE READINGS DIFFER");

        assertThat(run("rebuild")).isZero();
        assertThat(said()).contains("beside them, of 4 of ", "those of 1 that");
        assertThat(inputs()).isEqualTo(right);
        assertThat(run("verify")).as(said()).isZero();
        List<Long> sequences = changes();
        run("rebuild");
        assertThat(changes()).as("what is right is not written again").isEqualTo(sequences);
    }

    private List<Map<String, Object>> inputs() {
        return database.queryForList(
                "SELECT resource_type, resource, version, code, effective, measured, said::text FROM sinusnode.risk_input"
                        + " WHERE patient = ?::uuid AND said IS NOT NULL ORDER BY resource_type, resource",
                Records.id(NAME));
    }

    private List<Long> changes() {
        return database.queryForList(
                "SELECT change_sequence FROM sinusnode.risk_input WHERE patient = ?::uuid ORDER BY resource",
                Long.class,
                Records.id(NAME));
    }

    private List<Long> sequences() {
        return database.queryForList(
                "SELECT change_sequence FROM sinusnode.vital_reading WHERE patient = ?::uuid ORDER BY observation",
                Long.class,
                Records.id(NAME));
    }

    @Test
    void wrongUseIsSaid() {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(ReadingsCommand.run(new String[] {}, Map.of(), print)).isEqualTo(2);
        assertThat(ReadingsCommand.run(new String[] {"mend"}, Map.of(), print)).isEqualTo(2);
        assertThat(said()).contains("verify | rebuild");
    }
}
