package eu.sinusnode.server.lane.command;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
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
            load(Records.transaction(records.toArray(Resource[]::new)));
        }
        run("rebuild");
    }

    private static Observation vital(int number) {
        Observation vital = Records.heartRate(Records.id(NAME), Records.id(NAME + "-cuff"), NAME + number);
        vital.setId(Records.id(NAME + number));
        return vital;
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
