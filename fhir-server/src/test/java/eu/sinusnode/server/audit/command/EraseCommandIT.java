package eu.sinusnode.server.audit.command;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.audit.testing.AuditBench;
import eu.sinusnode.server.audit.testing.Entries;
import eu.sinusnode.server.projection.OwnTables;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EraseCommandIT {

    @TempDir
    Path home;

    private final String patient = OwnTables.newId();
    private AuditBench audit;

    @BeforeEach
    void open() {
        audit = AuditBench.open(home);
    }

    @AfterEach
    void close() throws Exception {
        audit.close();
    }

    @Test
    void aPersonIsUnlinkedAndTheAuditSaysThatSomebodyWas() {
        audit.record(Entries.granted(patient).patientCalls(patient).build());
        audit.record(Entries.login("subject-Patient/" + patient));
        audit.record(Entries.login("never-came"));

        assertThat(said(0, "Patient/" + patient, "sub/never-came")).contains("3 keys");

        assertThat(audit.dump()).doesNotContain(patient).doesNotContain("never-came");
        assertThat(audit.jdbc()
                        .queryForList("SELECT resource FROM sinusnode.audit_event WHERE action = 'D'", String.class))
                .singleElement()
                .satisfies(event -> assertThat(event).contains("deidentify").doesNotContain(patient));
        audit.assertVerified();
        assertThat(said(0, "Patient/" + patient)).contains("nothing of this person");
    }

    @Test
    void anythingElseIsNotTaken() {
        audit.record(Entries.granted(patient).build());
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of(patient),
                List.of("RelatedPerson/" + patient),
                List.of("Patient/" + patient, "Patient/another"),
                List.of("Patient/" + patient + "' OR 'a'='a"))) {
            assertThat(said(2, wrong.toArray(String[]::new)))
                    .as(wrong.toString())
                    .contains("Use: erase");
        }
        assertThat(audit.jdbc().queryForObject("SELECT count(*) FROM sinusnode.audit_subject", Long.class))
                .isEqualTo(1);
    }

    private String said(int code, String... persons) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        AuditCommand.Place place = new AuditCommand.Place(audit.dataSource(), audit.keys(), audit.anchor());
        assertThat(EraseCommand.run(place, List.of(persons), out)).isEqualTo(code);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
