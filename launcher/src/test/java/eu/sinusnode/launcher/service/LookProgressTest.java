package eu.sinusnode.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookProgressTest {

    @TempDir
    private Path job;

    @Test
    void howFarALookHasComeIsToldInWords() throws IOException {
        write("""
                {"begun":"2026-11-20T11:59:59Z","at":"2026-11-20T12:01:40Z","patients":52000,"share":0.431,
                 "patientsPerSecond":910.24,"expectedEnd":"2026-11-20T12:06:40Z"}""");

        assertThat(LookProgress.of(job))
                .contains("looking at everybody: about 43 % (52,000 patients) at 2026-11-20T12:01:40Z,"
                        + " 910.2 patients a second, expected to end at 2026-11-20T12:06:40Z");
    }

    @Test
    void ofOneThatHasJustBegunNoEndIsTold() throws IOException {
        write("{\"at\":\"2026-11-20T12:00:00Z\",\"patients\":0,\"share\":0.0,\"patientsPerSecond\":0.0,"
                + "\"expectedEnd\":null}");

        assertThat(LookProgress.of(job)).get().asString().doesNotContain("expected");
    }

    @Test
    void withoutARunOrWithHalfAFileNothingIsTold() throws IOException {
        assertThat(LookProgress.of(job)).isEmpty();

        write("{\"begun\":");

        assertThat(LookProgress.of(job)).isEmpty();
    }

    private void write(String json) throws IOException {
        Files.createDirectories(job.resolve("everybody"));
        Files.writeString(job.resolve("everybody").resolve("risk-progress.json"), json);
    }
}
